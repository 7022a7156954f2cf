//! SIP rules: a called number or a connector's host, bound to applications in priority order.

use std::collections::BTreeSet;

use api::Error;
use api::voice::{self, Response, SipRuleTriggerType};
use base::E164;

use super::{Cx, Step, no_such};
use crate::names::connector_of_host;
use crate::record::{Kind, Rest};
use crate::records::{Application, Connector, Number, Product, Rule, RuleTarget, Trigger};
use crate::tables::Mutation;
use api::page::Page;

pub(super) fn create(cx: &mut Cx<'_>, r: &voice::CreateSipRuleRequest) -> Result<Step, Error> {
    let trigger = trigger(cx, r.trigger_type, &r.trigger_value)?;
    let targets = targets(cx, &r.target_applications)?;
    if cx.tables.rule_of(&trigger).is_some() {
        return Err(Error::conflict("A SIP rule with this trigger exists."));
    }
    cx.quota::<Rule>(cx.config.quotas.rules, 1)?;
    let id = cx.mint::<Rule>();
    let rule = Rule {
        name: r.name.clone(),
        trigger,
        trigger_value: r.trigger_value.clone(),
        disabled: r.disabled.unwrap_or(false),
        targets,
        created: cx.now,
        updated: cx.now,
        enabled_since: cx.now,
        rest: Rest::new(),
    };
    let reply = voice::CreateSipRuleResponse { sip_rule: Some(wire(&id, &rule)) };
    Ok(Step::write(Mutation::put(id, rule), Response::CreateSipRule(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetSipRuleRequest) -> Result<Step, Error> {
    let rule = cx.peek::<Rule>(&r.sip_rule_id).ok_or_else(|| no_such(Kind::Rule))?;
    let reply = voice::GetSipRuleResponse { sip_rule: Some(wire(&r.sip_rule_id, rule)) };
    Ok(Step::Answer(Response::GetSipRule(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListSipRulesRequest) -> Result<Step, Error> {
    let page = Page::new("rules", r.max_results, r.next_token.as_deref())?;
    let (rows, next_token) = match &r.sip_media_application_id {
        Some(application) => {
            cx.peek::<Application>(application).ok_or_else(|| no_such(Kind::Application))?;
            let rows = cx.tables.rules_of(application, page.after());
            page.cut(rows.map(|(id, rule)| (id, wire(id, rule))))
        }
        None => page.cut(cx.tables.rules.after(page.after()).map(|(id, rule)| (id, wire(id, rule)))),
    };
    let reply = voice::ListSipRulesResponse { sip_rules: Some(rows), next_token };
    Ok(Step::Answer(Response::ListSipRules(reply)))
}

/// The trigger stays; what is omitted stays too.
pub(super) fn update(cx: &mut Cx<'_>, r: &voice::UpdateSipRuleRequest) -> Result<Step, Error> {
    let present = cx.own::<Rule>(&r.sip_rule_id).ok_or_else(|| no_such(Kind::Rule))?;
    let mut rule = present.clone();
    rule.name.clone_from(&r.name);
    rule.disabled = r.disabled.unwrap_or(present.disabled);
    rule.updated = cx.now;
    if let Some(given) = &r.target_applications {
        rule.targets = targets(cx, given)?;
    }
    claim(cx, &rule.trigger);
    if present.disabled && !rule.disabled {
        usable(cx, &rule.trigger)?;
        rule.enabled_since = cx.now;
    }
    let reply = voice::UpdateSipRuleResponse { sip_rule: Some(wire(&r.sip_rule_id, &rule)) };
    Ok(Step::write(Mutation::put(&r.sip_rule_id, rule), Response::UpdateSipRule(reply)))
}

pub(super) fn delete(cx: &mut Cx<'_>, r: &voice::DeleteSipRuleRequest) -> Result<Step, Error> {
    let rule = cx.own::<Rule>(&r.sip_rule_id).ok_or_else(|| no_such(Kind::Rule))?;
    claim(cx, &rule.trigger);
    if !rule.disabled {
        return Err(Error::conflict("The SIP rule must be disabled before it is deleted."));
    }
    Ok(Step::write(Mutation::delete::<Rule>(&r.sip_rule_id), Response::DeleteSipRule))
}

/// Reads the trigger; it must be a number or host of ours that a rule may use.
fn trigger(cx: &mut Cx<'_>, kind: SipRuleTriggerType, value: &str) -> Result<Trigger, Error> {
    let trigger = match kind {
        SipRuleTriggerType::ToPhoneNumber => {
            let number: E164 = value
                .parse()
                .map_err(|_| Error::bad_request("TriggerValue must be an E.164 phone number."))?;
            Trigger::Number(number)
        }
        SipRuleTriggerType::RequestUriHostname => {
            let id = connector_of_host(cx.config, value).ok_or_else(|| {
                Error::bad_request("TriggerValue must be the outbound host name of a voice connector.")
            })?;
            Trigger::Connector(id)
        }
    };
    claim(cx, &trigger);
    usable(cx, &trigger)?;
    Ok(trigger)
}

/// A rule's trigger stands for the record it names: whoever deletes, reorders or triggers on that one waits.
fn claim(cx: &mut Cx<'_>, trigger: &Trigger) {
    match trigger {
        Trigger::Number(number) => {
            cx.own::<Number>(number.as_str());
        }
        Trigger::Connector(id) => {
            cx.own::<Connector>(id);
        }
    }
}

fn usable(cx: &Cx<'_>, trigger: &Trigger) -> Result<(), Error> {
    match trigger {
        Trigger::Number(number) => match cx.tables.owned(number) {
            Some(number) if number.product == Product::Application => Ok(()),
            Some(_) => Err(Error::bad_request(
                "TriggerValue must be a phone number of product type SipMediaApplicationDialIn.",
            )),
            None => Err(Error::bad_request("TriggerValue must be a phone number in the inventory.")),
        },
        Trigger::Connector(id) => match cx.peek::<Connector>(id) {
            Some(_) => Ok(()),
            None => {
                Err(Error::bad_request("TriggerValue must be the outbound host name of a voice connector."))
            }
        },
    }
}

/// Targets by ascending priority: every application exists, one per region, every priority once.
fn targets(cx: &mut Cx<'_>, given: &[voice::SipRuleTargetApplication]) -> Result<Vec<RuleTarget>, Error> {
    let bad = |message: &str| Err(Error::bad_request(message));
    let (mut regions, mut priorities) = (BTreeSet::new(), BTreeSet::new());
    let mut targets = Vec::with_capacity(given.len());
    for target in given {
        let Some(id) = &target.sip_media_application_id else {
            return bad("TargetApplications must name a SipMediaApplicationId each.");
        };
        let Some(application) = cx.share::<Application>(id) else {
            return bad("TargetApplications names a SIP media application that does not exist.");
        };
        let region = target.aws_region.as_ref().unwrap_or(&application.region);
        if *region != application.region {
            return bad(
                "TargetApplications names a SIP media application that does not exist in its AwsRegion.",
            );
        }
        // A lone target needs no order.
        let priority = match (target.priority, given.len()) {
            (Some(priority), _) => priority,
            (None, 1) => 1,
            (None, _) => return bad("TargetApplications must have a Priority each."),
        };
        if !regions.insert(region) {
            return bad("TargetApplications must have at most one SIP media application per region.");
        }
        if !priorities.insert(priority) {
            return bad("TargetApplications must have different priorities.");
        }
        targets.push(RuleTarget { application: id.clone(), priority, region: region.clone() });
    }
    targets.sort_by_key(|target| target.priority);
    Ok(targets)
}

fn wire(id: &str, rule: &Rule) -> voice::SipRule {
    let targets = rule.targets.iter().map(|target| voice::SipRuleTargetApplication {
        sip_media_application_id: Some(target.application.clone()),
        priority: Some(target.priority),
        aws_region: Some(target.region.clone()),
    });
    voice::SipRule {
        sip_rule_id: Some(id.to_owned()),
        name: Some(rule.name.clone()),
        disabled: Some(rule.disabled),
        trigger_type: Some(match rule.trigger {
            Trigger::Number(_) => SipRuleTriggerType::ToPhoneNumber,
            Trigger::Connector(_) => SipRuleTriggerType::RequestUriHostname,
        }),
        trigger_value: Some(rule.trigger_value.clone()),
        target_applications: Some(targets.collect()),
        created_timestamp: Some(rule.created),
        updated_timestamp: Some(rule.updated),
    }
}
