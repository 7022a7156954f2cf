use std::net::SocketAddr;

use api::http::{RawRequest, RawResponse};
use api::lambda;

use super::Server;

impl Server {
    /// Lambda's Invoke API: functions call functions, and tools call them with an ordinary SDK.
    pub(super) async fn invoke(
        &self,
        raw: &RawRequest<'_>,
        peer: SocketAddr,
        request_id: &str,
    ) -> RawResponse {
        let now = self.clock.now();
        let request = self.keys.access("lambda", peer, |access| lambda::parse(raw, access, now));
        let outcome = match request {
            Ok(request) => self.functions.serve(request).await,
            Err(refusal) => Err(refusal),
        };
        lambda::render(outcome, request_id)
    }
}
