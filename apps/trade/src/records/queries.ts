/** Who answers SQL: a transaction's manager, or connections beside it. */
export interface Queries {
  query(sql: string, params?: unknown[]): Promise<unknown[]>;
}
