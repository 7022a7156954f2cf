//! Tags of meetings.

use api::arn::Resource;
use api::meetings::{self, Response, Tag};
use api::{Error, Kind as Refusal};

use super::{Step, alive, id};
use crate::names::parse_arn;
use crate::operation::Cx;
use crate::records::{Meeting, Tags};
use crate::tables::Mutation;

/// Most tags of one resource.
const MOST: usize = 50;

pub(super) fn tag(cx: &mut Cx<'_>, r: &meetings::TagResourceRequest) -> Result<Step, Error> {
    let given = new_tags(&r.tags)?;
    let (id, mut meeting) = own(cx, &r.resource_arn)?;
    meeting.tags.extend(given);
    if meeting.tags.len() > MOST {
        return Err(Error::new(Refusal::TooManyTags, format!("A resource has at most {MOST} tags.")));
    }
    Ok(Step::write(Mutation::put(id, meeting), Response::TagResource))
}

/// Tags that are not there are no error.
pub(super) fn untag(cx: &mut Cx<'_>, r: &meetings::UntagResourceRequest) -> Result<Step, Error> {
    let (id, mut meeting) = own(cx, &r.resource_arn)?;
    meeting.tags.retain(|key, _| !r.tag_keys.contains(key));
    Ok(Step::write(Mutation::put(id, meeting), Response::UntagResource))
}

pub(super) fn list(cx: &Cx<'_>, r: &meetings::ListTagsForResourceRequest) -> Result<Step, Error> {
    let id = named(&r.resource_arn)?;
    let meeting = alive(cx.peek::<Meeting>(&id)).map_err(|_| unknown())?;
    let tags = meeting.tags.iter().map(|(key, value)| Tag::new(key.clone(), value.clone()));
    let reply = meetings::ListTagsForResourceResponse { tags: Some(tags.collect()) };
    Ok(Step::Answer(Response::ListTagsForResource(reply)))
}

/// Tags as they are given; each key once.
pub(super) fn new_tags(given: &[Tag]) -> Result<Tags, Error> {
    let tags: Tags = given.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect();
    if tags.len() < given.len() {
        return Err(Error::bad_request("Tags must have each key once."));
    }
    Ok(tags)
}

fn own(cx: &mut Cx<'_>, arn: &str) -> Result<(String, Meeting), Error> {
    let id = named(arn)?;
    let meeting = alive(cx.own::<Meeting>(&id)).map_err(|_| unknown())?.clone();
    Ok((id, meeting))
}

fn named(arn: &str) -> Result<String, Error> {
    match parse_arn(arn) {
        Some(Resource::Meeting(meeting)) => Ok(id(&meeting)),
        _ => Err(unknown()),
    }
}

fn unknown() -> Error {
    Error::new(Refusal::ResourceNotFound, "The meeting does not exist.")
}
