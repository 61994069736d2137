/** The result of the job `signal.explain`, as far as the page shows it. */
export interface ExplainedNode {
  path: string;
  truth: 'true' | 'false' | 'unknown';
  combinator?: string;
  rules?: ExplainedNode[];
  rule?: string;
  left?: number | null;
  right?: number | null;
  before?: { left: number | null; right: number | null };
  why?: string;
}
export interface ExplainedGroup extends ExplainedNode {
  action: string;
  reached: boolean;
  decides: boolean;
}
export interface ExplainedBar {
  bar_time: string;
  index: number;
  lookback: number;
  close: number | null;
  decision: string;
  why: string;
  signal: number | null;
  weight: number | null;
  features: Record<string, number | null>;
  prediction: number | null;
  groups: ExplainedGroup[] | null;
}

export const explainedOf = (result: unknown): ExplainedBar => result as ExplainedBar;

export interface ExplainedRow {
  path: string;
  depth: number;
  text: string;
  truth: ExplainedNode['truth'];
  why: string;
}

/** Group, branches and rules in the order in which they stand, each with how deep it is. */
export function explainedRows(node: ExplainedNode, depth = 0): ExplainedRow[] {
  const { path, truth, rules, rule = '', why = '', combinator } = node;
  if (!rules) return [{ path, depth, text: rule, truth, why }];
  const below = rules.flatMap((one) => explainedRows(one, depth + 1));
  if (depth === 0) return below;
  return [{ path, depth, text: combinator === 'AND' ? 'all of these' : 'any of these', truth, why: '' }, ...below];
}

/** What became of a group at this bar. */
export function fateOf({ reached, decides, truth }: ExplainedGroup): string {
  if (decides) return 'decides';
  if (!reached) return truth === 'true' ? 'holds, but an earlier group came first' : 'not reached';
  return truth === 'unknown' ? 'unknown: nothing after it decides' : 'does not hold';
}

export const targetWords = (signal: number | null): string =>
  signal === null ? 'None yet' : signal > 0 ? 'Long' : signal < 0 ? 'Short' : 'Out';
