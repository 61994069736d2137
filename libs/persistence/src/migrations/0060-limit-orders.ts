import type { Migration } from './migration';

/** The price that an entry at a limit is never filled worse than; null is at the market. */
export const migration: Migration = {
  name: '0060-limit-orders',
  up: `
    ALTER TABLE trade.order_intent ADD COLUMN limit_price numeric;
    ALTER TABLE trade.orders ADD COLUMN limit_price numeric;
  `,
  down: `
    ALTER TABLE trade.orders DROP COLUMN limit_price;
    ALTER TABLE trade.order_intent DROP COLUMN limit_price;
  `,
};
