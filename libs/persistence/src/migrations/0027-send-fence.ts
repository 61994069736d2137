/**
 * Who may send an order: a number that only rises, and when the right was last taken. Orders that are there already were sent by somebody,
 * so none of them counts as never sent.
 */
export const migration = {
  name: '0027-send-fence',
  up: `
ALTER TABLE trade.orders ADD COLUMN send_token integer NOT NULL DEFAULT 0;
ALTER TABLE trade.orders ADD COLUMN send_started_at timestamptz;
UPDATE trade.orders SET send_token = 1, send_started_at = sent_at;
ALTER TABLE trade.orders ALTER COLUMN send_token DROP DEFAULT;
`,
};
