//! Meetings: created once per request token, looked up, ended.

use api::arn::Resource;
use api::meetings::{
    self, AttendeeFeatures, ContentResolution, CreateAttendeeRequestItem, MediaPlacement,
    MeetingFeaturesConfiguration, NotificationsConfiguration, Response, Tag, VideoResolution,
};
use api::{Error, Sensitive};

use super::attendees::Creation;
use super::tags::new_tags;
use super::{Step, alive, check_name, id, limit_exceeded};
use crate::claims::Access;
use crate::names::arn;
use crate::operation::{Cx, no_such};
use crate::record::{Kind, Rest};
use crate::records::{Attendee, Meeting};
use crate::tables::{Entity, Mutation};

/// Most attendees of a meeting with the highest resolutions.
const MOST_IN_FULL: u16 = 25;

/// What both forms of creation say of a meeting.
struct Order<'a> {
    token: &'a Sensitive<String>,
    region: &'a str,
    external_id: &'a Sensitive<String>,
    host: Option<&'a Sensitive<String>>,
    features: Option<&'a MeetingFeaturesConfiguration>,
    notifications: Option<&'a NotificationsConfiguration>,
    primary: Option<&'a str>,
    tenants: Option<&'a [String]>,
    tags: Option<&'a [Tag]>,
}

pub(super) fn create(cx: &mut Cx<'_>, r: &meetings::CreateMeetingRequest) -> Result<Step, Error> {
    let order = Order {
        token: &r.client_request_token,
        region: &r.media_region,
        external_id: &r.external_meeting_id,
        host: r.meeting_host_id.as_ref(),
        features: r.meeting_features.as_ref(),
        notifications: r.notifications_configuration.as_ref(),
        primary: r.primary_meeting_id.as_deref(),
        tenants: r.tenant_ids.as_deref(),
        tags: r.tags.as_deref(),
    };
    let (id, meeting, is_new) = found_or_made(cx, &order)?;
    let reply = meetings::CreateMeetingResponse { meeting: Some(wire(cx, &id, &meeting)) };
    let reply = Response::CreateMeeting(reply);
    Ok(if is_new { Step::write(Mutation::put(id, meeting), reply) } else { Step::Answer(reply) })
}

pub(super) fn create_with_attendees(
    cx: &mut Cx<'_>,
    r: &meetings::CreateMeetingWithAttendeesRequest,
) -> Result<Step, Error> {
    let order = Order {
        token: &r.client_request_token,
        region: &r.media_region,
        external_id: &r.external_meeting_id,
        host: r.meeting_host_id.as_ref(),
        features: r.meeting_features.as_ref(),
        notifications: r.notifications_configuration.as_ref(),
        primary: r.primary_meeting_id.as_deref(),
        tenants: r.tenant_ids.as_deref(),
        tags: r.tags.as_deref(),
    };
    let (id, meeting, is_new) = found_or_made(cx, &order)?;
    let items: &[CreateAttendeeRequestItem] = &r.attendees;
    let (attendees, errors, mut mutations) = Creation::new(cx, &id, &meeting).all(items);
    let reply = Response::CreateMeetingWithAttendees(meetings::CreateMeetingWithAttendeesResponse {
        meeting: Some(wire(cx, &id, &meeting)),
        attendees: Some(attendees),
        errors: Some(errors),
    });
    if is_new {
        // The meeting first: its attendees come into something.
        mutations.insert(0, Mutation::put(id, meeting));
    }
    Ok(if mutations.is_empty() { Step::Answer(reply) } else { Step::Write { mutations, reply } })
}

/// The live meeting of the token, whatever else the request says, or a new one. It is claimed either way.
fn found_or_made(cx: &mut Cx<'_>, order: &Order<'_>) -> Result<(String, Meeting, bool), Error> {
    check_name("ExternalMeetingId", order.external_id)?;
    if let Some(host) = order.host {
        check_name("MeetingHostId", host)?;
    }
    if order.primary.is_some() {
        return Err(Error::not_implemented("A replica of a primary meeting"));
    }
    check_features(order.features)?;
    let tags = new_tags(order.tags.unwrap_or_default())?;
    // No id has a space in it.
    let token = format!("token {}", order.token.0);
    cx.claims.add(Meeting::KIND, &token, Access::Exclusive);
    if let Some((id, meeting)) = cx.tables.meeting_of_token(order.token) {
        cx.claims.add(Meeting::KIND, id, Access::Exclusive);
        return Ok((id.to_owned(), meeting.clone(), false));
    }
    if let Some(limit) = cx.config.quotas.meetings {
        // Creations run one by one then.
        cx.claims.add(Meeting::KIND, "", Access::Exclusive);
        if cx.tables.live_meetings() >= limit {
            return Err(limit_exceeded(format!("The limit of {limit} meetings is reached.")));
        }
    }
    let id = cx.mint::<Meeting>();
    let meeting = Meeting {
        request_token: order.token.clone(),
        external_id: order.external_id.clone(),
        host: order.host.cloned(),
        region: order.region.to_owned(),
        features: order.features.cloned(),
        notifications: order.notifications.cloned(),
        tenants: order.tenants.unwrap_or_default().to_vec(),
        transcription: None,
        created: cx.now,
        ended: None,
        tags,
        rest: Rest::new(),
    };
    Ok((id, meeting, true))
}

/// The highest resolutions are for small meetings, which have to say that they are.
fn check_features(features: Option<&MeetingFeaturesConfiguration>) -> Result<(), Error> {
    let Some(features) = features else { return Ok(()) };
    let video = features.video.as_ref().and_then(|video| video.max_resolution);
    let content = features.content.as_ref().and_then(|content| content.max_resolution);
    let is_full = video == Some(VideoResolution::Fhd) || content == Some(ContentResolution::Uhd);
    match features.attendee {
        Some(AttendeeFeatures { max_count: Some(..=MOST_IN_FULL) }) => Ok(()),
        _ if is_full => Err(Error::bad_request(format!(
            "MeetingFeatures.Attendee.MaxCount must be from 1 to {MOST_IN_FULL} with FHD video or UHD content."
        ))),
        _ => Ok(()),
    }
}

pub(super) fn get(cx: &Cx<'_>, r: &meetings::GetMeetingRequest) -> Result<Step, Error> {
    let id = id(&r.meeting_id);
    let meeting = alive(cx.peek::<Meeting>(&id))?;
    let reply = meetings::GetMeetingResponse { meeting: Some(wire(cx, &id, meeting)) };
    Ok(Step::Answer(Response::GetMeeting(reply)))
}

/// Attendees go with their meeting. One that has ended can be deleted again.
pub(super) fn delete(cx: &mut Cx<'_>, r: &meetings::DeleteMeetingRequest) -> Result<Step, Error> {
    let id = id(&r.meeting_id);
    let meeting = cx.own::<Meeting>(&id).ok_or_else(|| no_such(Kind::Meeting))?;
    if meeting.ended.is_some() {
        return Ok(Step::Answer(Response::DeleteMeeting));
    }
    let ended = Meeting { ended: Some(cx.now), transcription: None, ..meeting.clone() };
    // The meeting first: with it, its attendees are gone already.
    let mut mutations = vec![Mutation::put(&*id, ended)];
    for (key, _) in cx.tables.attendees_of(&id, None) {
        cx.claims.add(Attendee::KIND, key, Access::Exclusive);
        mutations.push(Mutation::delete::<Attendee>(key));
    }
    Ok(Step::Write { mutations, reply: Response::DeleteMeeting })
}

/// Where browsers find it depends on how the node is reached today, so it is not stored.
fn wire(cx: &Cx<'_>, id: &str, meeting: &Meeting) -> meetings::Meeting {
    let config = &cx.config.meetings;
    let nowhere = || Some(String::new());
    let placement = MediaPlacement {
        audio_host_url: Some(config.audio_host.clone()),
        audio_fallback_url: nowhere(),
        signaling_url: Some(format!("{}/{id}", config.signaling_url.trim_end_matches('/'))),
        turn_control_url: nowhere(),
        screen_data_url: nowhere(),
        screen_viewing_url: nowhere(),
        screen_sharing_url: nowhere(),
        event_ingestion_url: config.event_ingestion_url.clone(),
    };
    let resource = Resource::Meeting(id.to_owned());
    meetings::Meeting {
        meeting_id: Some(id.to_owned()),
        meeting_host_id: meeting.host.clone(),
        external_meeting_id: Some(meeting.external_id.clone()),
        media_region: Some(meeting.region.clone()),
        media_placement: Some(placement),
        meeting_features: meeting.features.clone(),
        primary_meeting_id: None,
        tenant_ids: Some(meeting.tenants.clone()),
        meeting_arn: Some(arn(cx.config, &cx.config.region, resource)),
    }
}
