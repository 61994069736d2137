export interface Migration {
  /** `NNNN-what`: applied in the order of the list, each in its own transaction, once. */
  name: string;
  /** PostgreSQL 15 to 18. Never changed once released: a correction is another migration. */
  up: string;
  /** How a person would undo it; the runner only goes forward. */
  down?: string;
}
