//! What people write by hand instead: the types of the users API with serde's derives.
//!
//! The fields have the types that the generated ones have, so that the same work is compared. The one that receives what the
//! schema does not name is an argument of the macro, at every level, as in the generated types.

/// Defines the types in a module, each with the field `extra` of the type given, or without one.
macro_rules! derived {
    ($(#[$doc:meta])* $module:ident $(, $extra:ty)?) => {
        $(#[$doc])*
        pub(crate) mod $module {
            use std::collections::BTreeMap;

            use serde::{Deserialize, Serialize};
            use serde_json::Value;

            /// A user, as the server sends it.
            #[derive(Deserialize, Serialize)]
            pub(crate) struct User {
                #[serde(skip_serializing_if = "Option::is_none")]
                app_metadata: Option<BTreeMap<String, Value>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                blocked: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                created_at: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                email: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                email_verified: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                family_name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                given_name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                identities: Option<Vec<Identity>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                last_ip: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                last_login: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                last_password_reset: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                logins_count: Option<i64>,
                #[serde(skip_serializing_if = "Option::is_none")]
                multifactor: Option<Vec<String>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                multifactor_last_modified: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                nickname: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                phone_number: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                phone_verified: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                picture: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                updated_at: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                user_id: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                user_metadata: Option<BTreeMap<String, Value>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                username: Option<String>,
                $(#[serde(flatten)]
                extra: $extra,)?
            }

            /// One account of a user. The provider is a plain string: the 55 that are known are not told apart.
            #[derive(Deserialize, Serialize)]
            struct Identity {
                #[serde(skip_serializing_if = "Option::is_none")]
                access_token: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                access_token_secret: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                connection: Option<String>,
                #[serde(rename = "isSocial", skip_serializing_if = "Option::is_none")]
                is_social: Option<bool>,
                #[serde(rename = "profileData", skip_serializing_if = "Option::is_none")]
                profile_data: Option<Profile>,
                #[serde(skip_serializing_if = "Option::is_none")]
                provider: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                refresh_token: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                user_id: Option<Id>,
                $(#[serde(flatten)]
                extra: $extra,)?
            }

            /// The account's identifier with its provider.
            #[derive(Deserialize, Serialize)]
            #[serde(untagged)]
            enum Id {
                Text(String),
                Integer(i64),
            }

            /// What the provider knows.
            #[derive(Deserialize, Serialize)]
            struct Profile {
                #[serde(skip_serializing_if = "Option::is_none")]
                email: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                email_verified: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                family_name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                given_name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                name: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                phone_number: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                phone_verified: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                username: Option<String>,
                $(#[serde(flatten)]
                extra: $extra,)?
            }

            /// A change of a user: `Some(None)` is `null`, `None` leaves the member out.
            #[derive(Deserialize, Serialize)]
            pub(crate) struct Update {
                #[serde(skip_serializing_if = "Option::is_none")]
                app_metadata: Option<BTreeMap<String, Value>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                blocked: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                client_id: Option<String>,
                #[serde(skip_serializing_if = "Option::is_none")]
                connection: Option<String>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                email: Option<Option<String>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                email_verified: Option<bool>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                family_name: Option<Option<String>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                given_name: Option<Option<String>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                name: Option<Option<String>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                nickname: Option<Option<String>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                password: Option<Option<String>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                phone_number: Option<Option<String>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                phone_verified: Option<bool>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                picture: Option<Option<String>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                user_metadata: Option<BTreeMap<String, Value>>,
                #[serde(default, with = "super::nullable", skip_serializing_if = "Option::is_none")]
                username: Option<Option<String>>,
                #[serde(skip_serializing_if = "Option::is_none")]
                verify_email: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                verify_phone_number: Option<bool>,
                $(#[serde(flatten)]
                extra: $extra,)?
            }
        }
    };
}

derived!(
    /// What the schema does not name is lost.
    dropping
);
derived!(
    /// What the schema does not name is kept in key order.
    keeping_in_btree_map,
    BTreeMap<String, Value>
);
derived!(
    /// What the schema does not name is kept in any order.
    keeping_in_hash_map,
    std::collections::HashMap<String, Value>
);
derived!(
    /// What the schema does not name is kept in the map of `serde_json`.
    keeping_in_json_map,
    serde_json::Map<String, Value>
);

/// A member that is absent, `null` or a value, as two options.
mod nullable {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
        Option::deserialize(deserializer).map(Some)
    }

    pub(super) fn serialize<S: Serializer>(value: &Option<Option<String>>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}
