//! Tags of applications, connectors and groups.

use api::arn::Resource;
use api::voice::{self, Response, Tag};
use api::{Error, Kind as Refusal, Sensitive};

use super::{Cx, Step, no_such};
use crate::names::parse_arn;
use crate::record::Kind;
use crate::records::{Application, Connector, Group, Tags};
use crate::tables::{Entity, Mutation};

/// Most tags of one resource.
const MOST: usize = 50;

/// A resource that carries tags.
trait Tagged: Entity {
    fn tags(&self) -> &Tags;
    fn tags_mut(&mut self) -> &mut Tags;
}

macro_rules! tagged {
    ($($type:ident),*) => {$(
        impl Tagged for $type {
            fn tags(&self) -> &Tags {
                &self.tags
            }

            fn tags_mut(&mut self) -> &mut Tags {
                &mut self.tags
            }
        }
    )*};
}

tagged!(Application, Connector, Group);

pub(super) fn tag(cx: &mut Cx<'_>, r: &voice::TagResourceRequest) -> Result<Step, Error> {
    let given = new_tags(Some(&r.tags))?;
    match named(&r.resource_arn)? {
        Named::Application(id) => add::<Application>(cx, &id, given),
        Named::Connector(id) => add::<Connector>(cx, &id, given),
        Named::Group(id) => add::<Group>(cx, &id, given),
    }
}

pub(super) fn untag(cx: &mut Cx<'_>, r: &voice::UntagResourceRequest) -> Result<Step, Error> {
    match named(&r.resource_arn)? {
        Named::Application(id) => remove::<Application>(cx, &id, &r.tag_keys),
        Named::Connector(id) => remove::<Connector>(cx, &id, &r.tag_keys),
        Named::Group(id) => remove::<Group>(cx, &id, &r.tag_keys),
    }
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListTagsForResourceRequest) -> Result<Step, Error> {
    let tags = match named(&r.resource_arn)? {
        Named::Application(id) => cx.peek::<Application>(&id).map(Tagged::tags),
        Named::Connector(id) => cx.peek::<Connector>(&id).map(Tagged::tags),
        Named::Group(id) => cx.peek::<Group>(&id).map(Tagged::tags),
    };
    let tags = tags.ok_or_else(unknown)?;
    let tags =
        tags.iter().map(|(key, value)| Tag { key: Sensitive(key.clone()), value: Sensitive(value.clone()) });
    let reply = voice::ListTagsForResourceResponse { tags: Some(tags.collect()) };
    Ok(Step::Answer(Response::ListTagsForResource(reply)))
}

/// Tags given with a creation; each key once.
pub(super) fn new_tags(given: Option<&[Tag]>) -> Result<&[Tag], Error> {
    let given = given.unwrap_or_default();
    let mut keys: Vec<&str> = given.iter().map(|tag| tag.key.0.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() < given.len() {
        return Err(Error::bad_request("Tags must have each key once."));
    }
    if given.len() > MOST {
        return Err(too_many());
    }
    Ok(given)
}

pub(super) fn tag_map(tags: &[Tag]) -> Tags {
    tags.iter().map(|tag| (tag.key.0.clone(), tag.value.0.clone())).collect()
}

fn add<T: Tagged>(cx: &mut Cx<'_>, id: &str, given: &[Tag]) -> Result<Step, Error> {
    let mut resource = cx.own::<T>(id).ok_or_else(unknown)?.clone();
    resource.tags_mut().extend(tag_map(given));
    if resource.tags().len() > MOST {
        return Err(too_many());
    }
    Ok(Step::write(Mutation::put(id, resource), Response::TagResource))
}

fn remove<T: Tagged>(cx: &mut Cx<'_>, id: &str, keys: &[Sensitive<String>]) -> Result<Step, Error> {
    let mut resource = cx.own::<T>(id).ok_or_else(unknown)?.clone();
    resource.tags_mut().retain(|key, _| !keys.iter().any(|gone| gone.0 == *key));
    Ok(Step::write(Mutation::put(id, resource), Response::UntagResource))
}

/// A resource that may carry tags, by its ARN.
enum Named {
    Application(String),
    Connector(String),
    Group(String),
}

fn named(arn: &str) -> Result<Named, Error> {
    match parse_arn(arn) {
        Some(Resource::SipMediaApplication(id)) => Ok(Named::Application(id)),
        Some(Resource::VoiceConnector(id)) => Ok(Named::Connector(id)),
        Some(Resource::VoiceConnectorGroup(id)) => Ok(Named::Group(id)),
        Some(Resource::PhoneNumber(_) | Resource::Meeting(_)) | None => Err(unknown()),
    }
}

fn unknown() -> Error {
    Error { message: "The resource does not exist or has no tags.".to_owned(), ..no_such(Kind::Application) }
}

fn too_many() -> Error {
    Error::new(Refusal::ResourceLimitExceeded, format!("A resource has at most {MOST} tags."))
}
