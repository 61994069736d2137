import { thresholdParamsDocument, type RuleGroup, type RuleTree, type ThresholdParams } from '@assay/contracts';
import { invalidField } from '@assay/primitives';

const PARAMS = thresholdParamsDocument();

/** @throws DomainError `validation_failed`, also where the levels overlap, so that both would hold of one value */
export function parseThreshold(input: unknown): ThresholdParams {
  const params = PARAMS.parse(input);
  const { enter, exit, long } = params;
  if (!overlap(params)) return params;
  const order = long === 'above' ? 'at most' : 'at least';
  throw invalidField('exit', 'hysteresis', exit, `exit must be ${order} enter ${enter}, was ${exit}`);
}

/** The rule tree that means the same. A level itself is not beyond: there, as between the levels, the position stays. */
export function thresholdTree({ field, enter, exit, long }: ThresholdParams): RuleTree {
  const [into, out] = long === 'above' ? (['>', '<'] as const) : (['<', '>'] as const);
  return {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field, operator: into, value: enter }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field, operator: out, value: exit }] },
    ],
  };
}

/** The parameters of which `tree` is made, or null where no parameters give exactly this tree: `thresholdTree` backwards. */
export function thresholdOf({ groups }: RuleTree): ThresholdParams | null {
  const [buy, sell] = groups;
  if (groups.length !== 2 || !buy || !sell || buy.action !== 'BUY' || sell.action !== 'SELL') return null;
  const [into, out] = [onlyLevel(buy), onlyLevel(sell)];
  if (!into || !out || into.field !== out.field) return null;
  const long = into.operator === '>' && out.operator === '<' ? 'above' : 'below';
  if (long === 'below' && !(into.operator === '<' && out.operator === '>')) return null;
  const params: ThresholdParams = { field: into.field, enter: into.value, exit: out.value, long };
  return overlap(params) ? null : params;
}

const overlap = ({ enter, exit, long }: ThresholdParams): boolean => (long === 'above' ? exit > enter : exit < enter);

function onlyLevel({ combinator, rules }: RuleGroup): { field: string; operator: string; value: number } | null {
  const [rule] = rules;
  if (combinator !== 'AND' || rules.length !== 1 || !rule || 'rules' in rule) return null;
  const { field, operator, value } = rule;
  return typeof value === 'number' ? { field, operator, value } : null;
}
