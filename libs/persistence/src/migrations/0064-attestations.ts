import type { Migration } from './migration';

/** What the installation signed of a promotion, kept where it is traded. Promotions that were taken over before get theirs from the events. */
export const migration: Migration = {
  name: '0064-attestations',
  up: `
    ALTER TABLE bt.evidence ADD COLUMN attestation jsonb;
    UPDATE bt.evidence e SET attestation = o.envelope #> '{data,attestation}'
    FROM research.outbox o
    WHERE o.type = 'strategy.promoted' AND o.aggregate_id = e.strategy_id::text
      AND o.envelope #>> '{data,evidence,evidence_id}' = e.evidence_id::text;
  `,
  down: 'ALTER TABLE bt.evidence DROP COLUMN attestation;',
};
