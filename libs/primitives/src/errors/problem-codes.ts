/** Stable codes of every refusal; the platform maps each to one HTTP status. Clients may branch on them. */
export const PROBLEM_CODES = [
  'malformed_json',
  'malformed_request',
  'validation_failed',
  'version_conflict_in_request',
  'unauthenticated',
  'session_expired',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'stale_version',
  'illegal_transition',
  'archived_read_only',
  'referenced',
  'already_exists',
  'conflict',
  'not_ready',
  'gates_failed',
  'not_deployable',
  'managed_by_research',
  'history_changed',
  'holdout_locked',
  'holdout_spent',
  'corporate_action',
  'evidence_mismatch',
  'attestation_mismatch',
  'live_not_allowed',
  'confirmation_required',
  'confirmation_failed',
  'active_deployments',
  'short_not_supported',
  'insufficient_data',
  'idempotency_key_reused',
  'request_in_progress',
  'answer_lost',
  'precondition_required',
  'request_timeout',
  'payload_too_large',
  'uri_too_long',
  'unsupported_media_type',
  'misdirected',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'overloaded',
  'unavailable',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One offending field: its path in the document, the rule it broke and the value that was sent. */
export interface FieldProblem {
  field: string;
  rule: string;
  value: unknown;
  message: string;
}
