import type { ProblemCode } from '@assay/primitives';

/** The one place where a code becomes an HTTP status. */
export const STATUS_OF: Record<ProblemCode, number> = {
  malformed_json: 400,
  malformed_request: 400,
  version_conflict_in_request: 400,
  unauthenticated: 401,
  session_expired: 401,
  forbidden: 403,
  live_not_allowed: 403,
  confirmation_failed: 403,
  not_found: 404,
  method_not_allowed: 405,
  stale_version: 409,
  illegal_transition: 409,
  archived_read_only: 409,
  referenced: 409,
  already_exists: 409,
  conflict: 409,
  request_in_progress: 409,
  answer_lost: 409,
  not_ready: 409,
  gates_failed: 409,
  not_deployable: 409,
  managed_by_research: 409,
  history_changed: 409,
  holdout_locked: 409,
  holdout_spent: 409,
  corporate_action: 409,
  evidence_mismatch: 409,
  attestation_mismatch: 409,
  confirmation_required: 409,
  active_deployments: 409,
  request_timeout: 408,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  misdirected: 421,
  validation_failed: 422,
  short_not_supported: 422,
  insufficient_data: 422,
  idempotency_key_reused: 422,
  precondition_required: 428,
  rate_limited: 429,
  headers_too_large: 431,
  internal_error: 500,
  overloaded: 503,
  unavailable: 503,
};

const TITLES: Partial<Record<ProblemCode, string>> = {
  malformed_json: 'Malformed JSON',
  unauthenticated: 'Authentication required',
  internal_error: 'Internal error',
};

/** `stale_version` -> `Stale version`. */
export const titleOf = (code: ProblemCode): string => {
  const words = code.replaceAll('_', ' ');
  return TITLES[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
};
