//! SIP media applications: a name, a region and the function that drives the calls.

use api::arn::Resource;
use api::voice::{self, Response};
use api::{Error, Sensitive};

use super::tags::{new_tags, tag_map};
use super::{Cx, Step, no_such};
use crate::names::arn;
use crate::record::{Kind, Rest};
use crate::records::Application;
use crate::tables::Mutation;
use api::page::Page;

pub(super) fn create(cx: &mut Cx<'_>, r: &voice::CreateSipMediaApplicationRequest) -> Result<Step, Error> {
    let function = endpoint(&r.endpoints)?;
    let tags = new_tags(r.tags.as_deref())?;
    cx.quota::<Application>(cx.config.quotas.applications, 1)?;
    let id = cx.mint::<Application>();
    let application = Application {
        name: r.name.clone(),
        region: r.aws_region.clone(),
        function,
        created: cx.now,
        updated: cx.now,
        message_logs: None,
        tags: tag_map(tags),
        rest: Rest::new(),
    };
    let reply =
        voice::CreateSipMediaApplicationResponse { sip_media_application: Some(wire(cx, &id, &application)) };
    Ok(Step::write(Mutation::put(id, application), Response::CreateSipMediaApplication(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetSipMediaApplicationRequest) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    let application = cx.peek::<Application>(id).ok_or_else(|| no_such(Kind::Application))?;
    let reply =
        voice::GetSipMediaApplicationResponse { sip_media_application: Some(wire(cx, id, application)) };
    Ok(Step::Answer(Response::GetSipMediaApplication(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListSipMediaApplicationsRequest) -> Result<Step, Error> {
    let page = Page::new("applications", r.max_results, r.next_token.as_deref())?;
    let rows = cx.tables.applications.after(page.after()).map(|(id, row)| (id, wire(cx, id, row)));
    let (rows, next_token) = page.cut(rows);
    let reply = voice::ListSipMediaApplicationsResponse { sip_media_applications: Some(rows), next_token };
    Ok(Step::Answer(Response::ListSipMediaApplications(reply)))
}

/// What is omitted stays; a new endpoint counts for calls that start later.
pub(super) fn update(cx: &mut Cx<'_>, r: &voice::UpdateSipMediaApplicationRequest) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    let present = cx.own::<Application>(id).ok_or_else(|| no_such(Kind::Application))?;
    let mut application = present.clone();
    if let Some(name) = &r.name {
        application.name.clone_from(name);
    }
    if let Some(endpoints) = &r.endpoints {
        application.function = endpoint(endpoints)?;
    }
    if application == *present {
        let reply =
            voice::UpdateSipMediaApplicationResponse { sip_media_application: Some(wire(cx, id, present)) };
        return Ok(Step::Answer(Response::UpdateSipMediaApplication(reply)));
    }
    application.updated = cx.now;
    let reply =
        voice::UpdateSipMediaApplicationResponse { sip_media_application: Some(wire(cx, id, &application)) };
    Ok(Step::write(Mutation::put(id, application), Response::UpdateSipMediaApplication(reply)))
}

pub(super) fn delete(cx: &mut Cx<'_>, r: &voice::DeleteSipMediaApplicationRequest) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    cx.own::<Application>(id).ok_or_else(|| no_such(Kind::Application))?;
    if let Some((rule, _)) = cx.tables.rules_of(id, None).next() {
        return Err(Error::conflict(format!("The SIP media application is a target of SIP rule {rule}.")));
    }
    Ok(Step::write(Mutation::delete::<Application>(id), Response::DeleteSipMediaApplication))
}

pub(super) fn put_logging(
    cx: &mut Cx<'_>,
    r: &voice::PutSipMediaApplicationLoggingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    let mut application = cx.own::<Application>(id).ok_or_else(|| no_such(Kind::Application))?.clone();
    let given = r.sip_media_application_logging_configuration.as_ref();
    application.message_logs = given.and_then(|given| given.enable_sip_media_application_message_logs);
    let reply = voice::PutSipMediaApplicationLoggingConfigurationResponse {
        sip_media_application_logging_configuration: Some(logging(&application)),
    };
    let reply = Response::PutSipMediaApplicationLoggingConfiguration(reply);
    Ok(Step::write(Mutation::put(id, application), reply))
}

pub(super) fn get_logging(
    cx: &Cx<'_>,
    r: &voice::GetSipMediaApplicationLoggingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    let application = cx.peek::<Application>(id).ok_or_else(|| no_such(Kind::Application))?;
    let reply = voice::GetSipMediaApplicationLoggingConfigurationResponse {
        sip_media_application_logging_configuration: Some(logging(application)),
    };
    Ok(Step::Answer(Response::GetSipMediaApplicationLoggingConfiguration(reply)))
}

fn logging(application: &Application) -> voice::SipMediaApplicationLoggingConfiguration {
    voice::SipMediaApplicationLoggingConfiguration {
        enable_sip_media_application_message_logs: application.message_logs,
    }
}

/// The one endpoint; the model has its function optional, an application without one cannot take calls.
fn endpoint(endpoints: &[voice::SipMediaApplicationEndpoint]) -> Result<String, Error> {
    match endpoints {
        [voice::SipMediaApplicationEndpoint { lambda_arn: Some(function) }] => Ok(function.0.clone()),
        _ => Err(Error::bad_request("Endpoints must have exactly 1 item, with a LambdaArn.")),
    }
}

fn wire(cx: &Cx<'_>, id: &str, application: &Application) -> voice::SipMediaApplication {
    voice::SipMediaApplication {
        sip_media_application_id: Some(id.to_owned()),
        aws_region: Some(application.region.clone()),
        name: Some(application.name.clone()),
        endpoints: Some(vec![voice::SipMediaApplicationEndpoint {
            lambda_arn: Some(Sensitive(application.function.clone())),
        }]),
        created_timestamp: Some(application.created),
        updated_timestamp: Some(application.updated),
        sip_media_application_arn: Some(arn(
            cx.config,
            &application.region,
            Resource::SipMediaApplication(id.to_owned()),
        )),
    }
}
