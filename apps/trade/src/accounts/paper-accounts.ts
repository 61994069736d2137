import type { EntityManager } from 'typeorm';

/** Opening cash of a paper account where nothing is said. */
export const PAPER_CASH = '1000000';
/** Fee of a paper account where nothing is said, in basis points of the notional. */
export const PAPER_FEE_BPS = '5';

/** What the paper venue knows of an account. */
export interface PaperAccount {
  accountId: string;
  currency: string;
  initialCash: string;
  cash: string;
  /** Charged on the notional of every fill. */
  feeBps: string;
}

/** The paper venue's side of an account: opened with it, and shown with it. */
export abstract class PaperAccounts {
  abstract open(em: EntityManager, account: Omit<PaperAccount, 'cash'>, at: Date): Promise<void>;
  abstract of(em: EntityManager, accountIds: readonly string[]): Promise<PaperAccount[]>;
}
