//! Voice connector groups: up to three connectors in different regions that stand in for each other.

use std::collections::BTreeSet;

use api::arn::Resource;
use api::voice::{self, CallDistributionType, Response};
use api::{Code, Error};

use super::{Cx, Step, no_such};
use crate::names::arn;
use crate::record::{Kind, Rest};
use crate::records::{Attached, Connector, Distribution, Group, GroupItem, Tags};
use crate::tables::Mutation;
use api::page::Page;

/// Most connectors of a group.
const MOST: usize = 3;

pub(super) fn create(cx: &mut Cx<'_>, r: &voice::CreateVoiceConnectorGroupRequest) -> Result<Step, Error> {
    let items = items(cx, r.voice_connector_items.as_deref().unwrap_or_default())?;
    cx.quota::<Group>(cx.config.quotas.groups, 1)?;
    let id = cx.mint::<Group>();
    let group = Group {
        name: r.name.clone(),
        items,
        distribution: r.call_distribution_type.map_or(Distribution::Priority, distribution),
        created: cx.now,
        updated: cx.now,
        tags: Tags::new(),
        rest: Rest::new(),
    };
    let reply =
        voice::CreateVoiceConnectorGroupResponse { voice_connector_group: Some(wire(cx, &id, &group)) };
    Ok(Step::write(Mutation::put(id, group), Response::CreateVoiceConnectorGroup(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetVoiceConnectorGroupRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_group_id;
    let group = cx.peek::<Group>(id).ok_or_else(|| no_such(Kind::Group))?;
    let reply = voice::GetVoiceConnectorGroupResponse { voice_connector_group: Some(wire(cx, id, group)) };
    Ok(Step::Answer(Response::GetVoiceConnectorGroup(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListVoiceConnectorGroupsRequest) -> Result<Step, Error> {
    let page = Page::new("groups", r.max_results, r.next_token.as_deref())?;
    let rows = cx.tables.groups.after(page.after()).map(|(id, row)| (id, wire(cx, id, row)));
    let (rows, next_token) = page.cut(rows);
    let reply = voice::ListVoiceConnectorGroupsResponse { voice_connector_groups: Some(rows), next_token };
    Ok(Step::Answer(Response::ListVoiceConnectorGroups(reply)))
}

/// The items are replaced; the distribution stays unless given.
pub(super) fn update(cx: &mut Cx<'_>, r: &voice::UpdateVoiceConnectorGroupRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_group_id;
    let mut group = cx.own::<Group>(id).ok_or_else(|| no_such(Kind::Group))?.clone();
    group.items = items(cx, &r.voice_connector_items)?;
    group.name.clone_from(&r.name);
    group.distribution = r.call_distribution_type.map_or(group.distribution, distribution);
    group.updated = cx.now;
    let reply =
        voice::UpdateVoiceConnectorGroupResponse { voice_connector_group: Some(wire(cx, id, &group)) };
    Ok(Step::write(Mutation::put(id, group), Response::UpdateVoiceConnectorGroup(reply)))
}

pub(super) fn delete(cx: &mut Cx<'_>, r: &voice::DeleteVoiceConnectorGroupRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_group_id;
    let group = cx.own::<Group>(id).ok_or_else(|| no_such(Kind::Group))?;
    if !group.items.is_empty() {
        return Err(Error::conflict("The voice connector group has voice connectors."));
    }
    if cx.tables.attached_to(&Attached::Group(id.clone()), None).next().is_some() {
        let error = Error::conflict("The voice connector group has phone numbers.");
        return Err(error.with_code(Code::PhoneNumberAssociationsExist));
    }
    Ok(Step::write(Mutation::delete::<Group>(id), Response::DeleteVoiceConnectorGroup))
}

fn items(cx: &mut Cx<'_>, given: &[voice::VoiceConnectorItem]) -> Result<Vec<GroupItem>, Error> {
    if given.len() > MOST {
        return Err(Error::bad_request(format!("VoiceConnectorItems must have at most {MOST} items.")));
    }
    let mut regions = BTreeSet::new();
    let mut items = Vec::with_capacity(given.len());
    for item in given {
        let Some(connector) = cx.share::<Connector>(&item.voice_connector_id) else {
            return Err(Error::bad_request(
                "VoiceConnectorItems names a voice connector that does not exist.",
            ));
        };
        if !regions.insert(&connector.region) {
            return Err(Error::bad_request(
                "VoiceConnectorItems must have voice connectors of different regions.",
            ));
        }
        let Some(priority) = item.priority else {
            return Err(Error::bad_request("VoiceConnectorItems must have a Priority each."));
        };
        items.push(GroupItem { connector: item.voice_connector_id.clone(), priority });
    }
    Ok(items)
}

fn distribution(given: CallDistributionType) -> Distribution {
    match given {
        CallDistributionType::PriorityWeightedDistribution => Distribution::Priority,
        CallDistributionType::LoadBalancedDistribution => Distribution::LoadBalanced,
    }
}

fn wire(cx: &Cx<'_>, id: &str, group: &Group) -> voice::VoiceConnectorGroup {
    let items = group.items.iter().map(|item| voice::VoiceConnectorItem {
        voice_connector_id: item.connector.clone(),
        priority: Some(item.priority),
    });
    voice::VoiceConnectorGroup {
        voice_connector_group_id: Some(id.to_owned()),
        name: Some(group.name.clone()),
        voice_connector_items: Some(items.collect()),
        created_timestamp: Some(group.created),
        updated_timestamp: Some(group.updated),
        voice_connector_group_arn: Some(arn(
            cx.config,
            &cx.config.region,
            Resource::VoiceConnectorGroup(id.to_owned()),
        )),
        call_distribution_type: Some(match group.distribution {
            Distribution::Priority => CallDistributionType::PriorityWeightedDistribution,
            Distribution::LoadBalanced => CallDistributionType::LoadBalancedDistribution,
        }),
    }
}
