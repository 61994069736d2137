/**
 * What open orders hold of an account's cash: at the paper venue a column of the order. On our side it follows from the open intents alone,
 * so that there is nothing to release and nothing to recover.
 */
export const migration = {
  name: '0026-cash-holds',
  up: `
ALTER TABLE paper."order" ADD COLUMN cash_hold numeric NOT NULL DEFAULT 0;
ALTER TABLE paper."order" ALTER COLUMN cash_hold DROP DEFAULT;
DROP TABLE trade.account_reservation;
CREATE INDEX intent_account_open ON trade.order_intent (account_id) WHERE state IN ('waiting', 'sending', 'working', 'unknown');
CREATE INDEX fill_order_id ON trade.fill (order_id);
`,
};
