//! Client groups, methods and parameters.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::ParameterPlace;
use crate::ir::{Called, Event, Ir, Parameter, Success};

use super::given::Given;
use super::settle::{Candidate, Wish, settle, settle_one};
use super::singular::{same_word, singular, singular_name};
use super::words::{pascal, pascal_of, snake, words};
use super::{OperationNames, reserved};

/// Leading segments of paths that say nothing of what is reached.
const IDLE_SEGMENTS: &[&str] = &["api", "rest"];

/// Words that generators of documents add to what a group is about.
const IDLE_WORDS: &[&str] = &["api", "controller", "resource", "service"];

/// Operations without a group of their own stand in this one.
const NO_GROUP: &str = "api";

/// What an operation is called after.
#[derive(Clone, Copy)]
pub(crate) struct Request<'r> {
    /// In capitals.
    pub(crate) method: &'r str,
    /// The path template.
    pub(crate) path: &'r str,
    /// What the document says of its name.
    pub(crate) called: &'r Called,
}

/// What an operation would be called if it were alone: `users.update`.
fn of_request(request: Request<'_>) -> String {
    let (written, _) = group_of(request);
    let method = methods(request, &words(&written)).into_iter().next().map(|first| first.name).unwrap_or_default();
    format!("{}.{method}", reserved::method(&written))
}

/// Whether a text is what an operation would be called if it were alone, or its `operationId`.
pub(crate) fn means(request: Request<'_>, text: &str) -> bool {
    request.called.id.as_deref() == Some(text) || of_request(request) == text
}

/// The group that an operation belongs to, and the outermost one around it.
pub(crate) fn groups_of_request(request: Request<'_>) -> [String; 2] {
    let (written, _) = group_of(request);
    [reserved::method(first_group(request, &written)), reserved::method(&written)]
}

pub(super) fn names(ir: &Ir, given: &mut Given<'_>) -> Vec<OperationNames> {
    let mut groups: BTreeMap<String, Vec<(usize, Wish)>> = BTreeMap::new();
    let mut names = vec![OperationNames::default(); ir.operations.len()];
    for (index, operation) in ir.operations.iter().enumerate() {
        let request = Request { method: &operation.method, path: &operation.path, called: &operation.called };
        let (written, why) = group_of(request);
        let (top, mut group) = (reserved::method(first_group(request, &written)), reserved::method(&written));
        let (mut feature, mut why_group) = (top, why);
        let named = given.operation(&operation.location.pointer);
        let by_hand = named.and_then(|(group, _)| group).or_else(|| given.group(&group));
        if let Some(name) = by_hand {
            (group, feature, why_group) = (name.to_owned(), name.to_owned(), "`names` of codegen.toml".to_owned());
        }
        let candidates = match named {
            Some((_, method)) => vec![Candidate::new(method, "`names` of codegen.toml")],
            None => methods(request, &words(&written)),
        };
        let wish = Wish::new(&operation.location.pointer, candidates).exact(named.is_some());
        groups.entry(group.clone()).or_default().push((index, wish));
        if let Some(slot) = names.get_mut(index) {
            *slot = OperationNames {
                group_type: reserved::type_name(&pascal(&group)),
                feature: reserved::feature(&feature),
                parameters: parameters(&operation.parameters, given),
                group,
                why_group,
                ..OperationNames::default()
            };
        }
    }
    for (group, wishes) in groups {
        let (indices, wishes): (Vec<usize>, Vec<Wish>) = wishes.into_iter().unzip();
        let methods = settle(&wishes, &mut BTreeSet::new());
        // A group is one module, which a feature turns on as a whole.
        let features = indices.iter().filter_map(|index| names.get(*index).map(|names| &names.feature));
        let feature = features.min().cloned().unwrap_or_default();
        // Methods that differ, `a1` and `a_1`, may make one name of a type.
        let builders: Vec<Wish> = methods
            .iter()
            .zip(&wishes)
            .map(|(method, wish)| {
                let builder = reserved::builder(&pascal(&method.name), &pascal(&group));
                let spelled = Candidate::new(pascal(&reserved::spelled(&method.name)), "");
                let is_exact = snake(&builder) == method.name;
                Wish::new(&wish.identity, vec![Candidate::new(builder, ""), spelled]).exact(is_exact)
            })
            .collect();
        let mut taken = BTreeSet::from([reserved::type_name(&pascal(&group)).to_lowercase()]);
        let builders = settle(&builders, &mut taken);
        for ((index, method), builder) in indices.into_iter().zip(methods).zip(builders) {
            if let Some(slot) = names.get_mut(index) {
                slot.feature.clone_from(&feature);
                let success = ir.operations.get(index).map(|operation| &operation.success);
                if let Some(Success::Several(answers)) = success {
                    slot.answer = answer(&builder.name, &mut taken);
                    slot.answers = answers.iter().map(|answer| variant_of_status(&answer.status)).collect();
                }
                slot.method = method.name;
                slot.why_method = method.why;
                slot.builder = builder.name;
            }
        }
    }
    names
}

/// The type of an answer that depends on the status.
fn answer(builder: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = builder.strip_suffix("Request").unwrap_or(builder);
    let candidates = ["Response", "Answer"].map(|end| Candidate::new(format!("{stem}{end}"), ""));
    settle_one(Wish::new(builder, candidates.to_vec()), taken)
}

/// What a status of success is called (RFC 9110 §15.3).
fn variant_of_status(status: &str) -> String {
    match status {
        "200" => "Ok".to_owned(),
        "201" => "Created".to_owned(),
        "202" => "Accepted".to_owned(),
        "203" => "NonAuthoritativeInformation".to_owned(),
        "204" => "NoContent".to_owned(),
        "205" => "ResetContent".to_owned(),
        "206" => "PartialContent".to_owned(),
        "207" => "MultiStatus".to_owned(),
        "208" => "AlreadyReported".to_owned(),
        "226" => "ImUsed".to_owned(),
        "default" => "Default".to_owned(),
        other => format!("Status{}", pascal(other)),
    }
}

/// The types of what the API itself sends.
pub(super) fn event_names(ir: &Ir) -> Vec<String> {
    let wish = |event: &Event| {
        let name = reserved::type_name(&pascal(&event.name));
        let spelled = reserved::type_name(&reserved::spelled(&event.name));
        Wish::new(&event.location.pointer, vec![Candidate::new(name, ""), Candidate::new(spelled, "")])
    };
    let wishes: Vec<Wish> = ir.events.iter().map(wish).collect();
    settle(&wishes, &mut BTreeSet::new()).into_iter().map(|candidate| candidate.name).collect()
}

/// The group that an operation belongs to, as the document has it.
fn group_of(operation: Request<'_>) -> (String, String) {
    let called = operation.called;
    if let Some(group) = called.group.as_ref().filter(|group| !group.trim().is_empty()) {
        return (group.clone(), format!("`x-operation-group: {group}`"));
    }
    if let Some(tag) = called.tag.as_ref().filter(|tag| !tag.trim().is_empty()) {
        return (tag.clone(), format!("the first of `tags`, `{tag}`"));
    }
    match segments(operation.path).first() {
        Some(Segment::Fixed(segment)) => (segment.clone(), format!("the first segment of the path, `{segment}`")),
        _ => (NO_GROUP.to_owned(), "neither a group, nor a tag, nor a fixed segment of the path".to_owned()),
    }
}

/// The outermost of groups in groups, which is what a Cargo feature is made of.
fn first_group<'w>(operation: Request<'_>, written: &'w str) -> &'w str {
    match &operation.called.group {
        Some(group) if group == written => written.split('.').find(|part| !words(part).is_empty()).unwrap_or(written),
        _ => written,
    }
}

/// A part of a path that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Parameter(String),
}

/// The segments that say what is reached: without those of versions in front.
fn segments(path: &str) -> Vec<Segment> {
    let all = path.split('/').filter(|segment| !segment.is_empty()).map(|segment| match segment.strip_prefix('{') {
        Some(name) => Segment::Parameter(name.trim_end_matches('}').to_owned()),
        None => Segment::Fixed(segment.to_owned()),
    });
    let all: Vec<Segment> =
        all.filter(|segment| !matches!(segment, Segment::Fixed(text) if words(text).is_empty())).collect();
    let idle = all.iter().take_while(|segment| matches!(segment, Segment::Fixed(text) if is_idle(text))).count();
    let rest: Vec<Segment> = all.iter().skip(idle).cloned().collect();
    if matches!(rest.first(), Some(Segment::Fixed(_))) { rest } else { all }
}

fn is_idle(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest.chars().all(|other| other.is_ascii_digit() || other == '.')
    });
    version || IDLE_SEGMENTS.contains(&segment)
}

/// What a method could be called, the best name first.
fn methods(operation: Request<'_>, group: &[String]) -> Vec<Candidate> {
    let called = operation.called;
    let mut candidates = Vec::new();
    if let Some(name) = called.name.as_ref().filter(|name| !words(name).is_empty()) {
        candidates.push(Candidate::new(reserved::method(name), format!("`x-operation-name: {name}`")));
    }
    if let Some(id) = called.id.as_ref().filter(|id| !words(id).is_empty()) {
        let all = words(id);
        let tidied = tidied(operation, &all, group);
        if tidied != all {
            let name = reserved::method(&tidied.join(" "));
            candidates
                .push(Candidate::new(name, format!("`operationId: {id}` without what its group and path say already")));
        }
        candidates.push(Candidate::new(reserved::method(id), format!("`operationId: {id}`")));
    }
    let request = format!("{} {}", operation.method, operation.path);
    candidates.push(Candidate::new(reserved::method(&by_path(operation, group).join(" ")), format!("`{request}`")));
    candidates.push(Candidate::new(reserved::method(&request.to_lowercase()), format!("`{request}` in full")));
    candidates
}

/// The words of an `operationId` without what the call site says already: `users.get_user` reads as `users.get`.
fn tidied(operation: Request<'_>, all: &[String], group: &[String]) -> Vec<String> {
    let mut rest = without_path(operation, all);
    let prefix = repeated(&rest, group);
    if prefix > 0 && prefix < rest.len() {
        rest.drain(..prefix);
        let idle = rest.first().is_some_and(|word| IDLE_WORDS.contains(&word.as_str()));
        if idle && rest.len() > 1 {
            rest.remove(0);
        }
        return finished(operation, rest, false);
    }
    // After the verb: `list_guild_channels` of `guilds`.
    let object: Vec<String> = rest.iter().skip(1).cloned().collect();
    let length = repeated(&object, group);
    if length == 0 {
        return finished(operation, rest, false);
    }
    let is_plural = object.get(length.saturating_sub(1)).is_some_and(|word| singular(word).is_some());
    rest.drain(1..=length);
    finished(operation, rest, is_plural)
}

/// How many of the first words are those of the group, in whichever number.
fn repeated(words: &[String], group: &[String]) -> usize {
    let is_group = words.len() >= group.len() && words.iter().zip(group).all(|(one, other)| same_word(one, other));
    if is_group { group.len() } else { 0 }
}

/// Generated ids end in the path and the method.
fn without_path(operation: Request<'_>, all: &[String]) -> Vec<String> {
    let mut tail = words(operation.path);
    tail.push(operation.method.to_lowercase());
    match all.strip_suffix(tail.as_slice()) {
        Some(rest) if !rest.is_empty() => rest.to_vec(),
        _ => all.to_vec(),
    }
}

/// What is left, in the words of HTTP made words of people: `get` of several is `list`, `by_id` goes without saying.
fn finished(operation: Request<'_>, mut rest: Vec<String>, is_plural: bool) -> Vec<String> {
    let ends_in_parameter = matches!(segments(operation.path).last(), Some(Segment::Parameter(_)));
    if ends_in_parameter
        && let Some(by) = rest.iter().rposition(|word| word == "by")
        && by > 0
        && rest.last().is_some_and(|word| word == "id" || word == "ids")
    {
        rest.truncate(by);
    }
    if is_plural && rest.as_slice() == ["get"] && !ends_in_parameter {
        return vec!["list".to_owned()];
    }
    rest
}

/// A method by its verb and path, where the document calls it nothing.
fn by_path(operation: Request<'_>, group: &[String]) -> Vec<String> {
    let all = segments(operation.path);
    let is_group = |segment: &Segment| matches!(segment, Segment::Fixed(text) if repeated(&words(text), group) > 0);
    let start = all.iter().position(is_group).map_or(0, |index| index.saturating_add(1));
    let ends_in_parameter = matches!(all.last(), Some(Segment::Parameter(_)));
    let fixed: Vec<Vec<String>> = all
        .iter()
        .skip(start)
        .filter_map(|segment| match segment {
            Segment::Fixed(text) => Some(words(text)),
            Segment::Parameter(_) => None,
        })
        .collect();
    let last = fixed.last().cloned().unwrap_or_else(|| group.to_vec());
    let one = singular_name(&last);
    let (verb, object) = match (operation.method, &one) {
        ("GET", Some(_)) if !ends_in_parameter => ("list", last),
        ("GET", _) => ("get", one.unwrap_or(last)),
        ("POST", Some(one)) if !ends_in_parameter => ("create", one.clone()),
        ("POST", None) if fixed.len() > 1 || start > 0 && !fixed.is_empty() => ("", last),
        ("POST", _) => ("post", one.unwrap_or(last)),
        ("PUT", _) => ("set", if ends_in_parameter { one.unwrap_or(last) } else { last }),
        ("PATCH", _) => ("update", if ends_in_parameter { one.unwrap_or(last) } else { last }),
        ("DELETE", _) => ("delete", if ends_in_parameter { one.unwrap_or(last) } else { last }),
        (_, _) => ("", operation.method.to_lowercase().split(' ').map(str::to_owned).chain(last.clone()).collect()),
    };
    let mut name: Vec<String> = if verb.is_empty() { Vec::new() } else { vec![verb.to_owned()] };
    let outer =
        fixed.iter().rev().skip(1).rev().flat_map(|words| singular_name(words).unwrap_or_else(|| words.clone()));
    name.extend(outer);
    name.extend(if fixed.is_empty() { Vec::new() } else { object });
    if name.is_empty() { vec![operation.method.to_lowercase()] } else { name }
}

/// The arguments and setters: those of one name in several places say which.
fn parameters(all: &[Parameter], given: &mut Given<'_>) -> Vec<String> {
    let wish = |parameter: &Parameter| {
        if let Some(name) = given.argument(&parameter.location.pointer) {
            return Wish::new(&parameter.name, vec![Candidate::new(name, "")]).exact(true);
        }
        let place = match parameter.place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
        };
        let spelled = reserved::spelled(&parameter.name);
        let name = bare(parameter);
        let made = [
            name.to_owned(),
            parameter.name.clone(),
            format!("{place} {}", parameter.name),
            format!("{place} {spelled}"),
        ];
        Wish::new(
            format!("{place} {}", parameter.name),
            made.iter().map(|text| Candidate::new(reserved::argument(text), "")).collect(),
        )
    };
    let wishes: Vec<Wish> = all.iter().map(wish).collect();
    settle(&wishes, &mut BTreeSet::new()).into_iter().map(|candidate| candidate.name).collect()
}

/// A header without the `X-` that says that it is nobody's standard (RFC 6648).
fn bare(parameter: &Parameter) -> &str {
    let is_header = parameter.place == ParameterPlace::Header;
    let rest = ["x-", "X-"].iter().find_map(|prefix| parameter.name.strip_prefix(prefix));
    match rest {
        Some(rest) if is_header && !words(rest).is_empty() => rest,
        _ => &parameter.name,
    }
}

/// What the types of an operation are called after: `UsersList`.
pub(super) fn type_prefix(names: &OperationNames) -> String {
    let (group, method) = (words(&names.group), words(&names.method));
    let all: Vec<String> = group.iter().chain(&method).cloned().collect();
    let twice = repeated(&method, &group) > 0;
    pascal_of(if twice { &method } else { &all })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(id: Option<&str>) -> Called {
        Called { id: id.map(str::to_owned), ..Called::default() }
    }

    fn request<'r>(request: &'r str, called: &'r Called) -> Request<'r> {
        let (method, path) = request.split_once(' ').unwrap();
        Request { method, path, called }
    }

    #[test]
    fn an_id_loses_what_its_group_says() {
        for (group, request, id, expected) in [
            ("actions", "GET /x", "actions/list-artifacts-for-repo", "list_artifacts_for_repo"),
            ("codes-of-conduct", "GET /x/{k}", "codes-of-conduct/get-all-codes-of-conduct", "get_all_codes_of_conduct"),
            ("guilds", "GET /guilds/{guild_id}", "get_guild", "get"),
            ("guilds", "GET /guilds/{guild_id}/channels", "list_guild_channels", "list_channels"),
            ("Stations", "GET /stations", "get-stations", "list"),
            ("Bookings", "POST /bookings", "create-booking", "create"),
            ("user", "GET /users/{id}", "getUsersById", "get"),
            ("users", "GET /users/{id}", "UsersController_findOne", "find_one"),
            ("pets", "GET /pets/findByStatus", "findPetsByStatus", "find_by_status"),
            ("webhooks", "PATCH /webhooks/{id}/{token}", "update_webhook_by_token", "update_by_token"),
            ("items", "GET /items/{item_id}", "read_items_items__item_id__get", "read"),
            ("users", "GET /users", "users", "users"),
            ("meta", "GET /", "meta/root", "root"),
            ("users", "GET /users/@me/guilds", "list_my_guilds", "list_my_guilds"),
        ] {
            let called = called(Some(id));
            assert_eq!(methods(self::request(request, &called), &words(group))[0].name, expected, "{id} of {group}");
        }
    }

    #[test]
    fn without_an_id_the_path_says_what_is_done() {
        for (request, expected) in [
            ("GET /users", "list"),
            ("GET /users/{id}", "get"),
            ("POST /users", "create"),
            ("PATCH /users/{id}", "update"),
            ("PUT /users/{id}", "set"),
            ("DELETE /users/{id}", "delete"),
            ("GET /users/{id}/roles", "list_roles"),
            ("GET /users/{id}/roles/{role_id}/permissions", "list_role_permissions"),
            ("DELETE /users/{id}/roles/{role_id}", "delete_role"),
            ("POST /users/{id}/roles", "create_role"),
            ("POST /users/{id}/verify", "verify"),
            ("GET /users/{id}/avatar", "get_avatar"),
        ] {
            let called = called(None);
            assert_eq!(methods(self::request(request, &called), &words("users"))[0].name, expected, "{request}");
        }
    }

    #[test]
    fn a_group_is_the_first_segment_that_says_something() {
        for (path, group) in
            [("/users/{id}", "users"), ("/api/v2/users", "users"), ("/v1", "v1"), ("/{id}", "api"), ("/", "api")]
        {
            assert_eq!(group_of(request(&format!("GET {path}"), &called(None))).0, group, "{path}");
        }
    }
}
