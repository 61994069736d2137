/** A run whose bar came too late, or never, ends as such and says why. */
export const migration = {
  name: '0028-run-settlement',
  up: `
ALTER TABLE trade.run ADD COLUMN reason text;
ALTER TABLE trade.run DROP CONSTRAINT run_state_known;
ALTER TABLE trade.run ADD CONSTRAINT run_state_known CHECK (state IN ('waiting_for_bars', 'done', 'caught_up', 'missed'));
`,
};
