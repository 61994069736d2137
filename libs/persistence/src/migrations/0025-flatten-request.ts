/** A flatten that waits for orders whose fate is not known yet. */
export const migration = {
  name: '0025-flatten-request',
  up: `
CREATE TABLE trade.flatten_request (
  deployment_id uuid NOT NULL,
  request_id uuid NOT NULL,
  awaits uuid[] NOT NULL,
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id)
);
`,
};
