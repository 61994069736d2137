import type { Migration } from './migration';

/**
 * Stop and target of a strategy between two bars. Deployments from before the default stop was taken away keep what was in
 * force for them.
 */
export const migration: Migration = {
  name: '0052-strategy-levels',
  up: `
    ALTER TABLE trade.evaluator_state ADD COLUMN levels jsonb;
    UPDATE trade.deployment SET risk_limits = risk_limits || '{"stop_loss_pct": 5}'::jsonb
      WHERE NOT risk_limits ? 'stop_loss_pct';
  `,
  down: 'ALTER TABLE trade.evaluator_state DROP COLUMN levels;',
};
