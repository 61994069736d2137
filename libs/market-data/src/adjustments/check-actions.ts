import { hasYear, invalid, isDate, type FieldProblem } from '@assay/primitives';
import { ACTION_KINDS, type ActionKind, type StatedAction } from './corporate-action';

/** What is said of an action, before it is known to be one. */
export interface ActionClaim {
  /** How a refusal names it: `actions[0]`, `lines[2]`. */
  field: string;
  exDate: unknown;
  kind: unknown;
  value: unknown;
  availableAt: unknown;
  /** What the source calls the date. */
  dateName: string;
}

const MOST_PROBLEMS = 20;
const RATIOS = { min: 1e-6, max: 1e6 };
const MOST_PAID = 1e12;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The actions that are claimed; one that is there twice is there once. @throws DomainError `validation_failed`, the first twenty problems */
export function checkActions(claims: readonly ActionClaim[]): StatedAction[] {
  const problems: FieldProblem[] = [];
  const known = new Map<string, { field: string; action: StatedAction }>();
  for (const claim of claims) {
    const wrong = [dateProblem(claim), kindProblem(claim), valueProblem(claim), timeProblem(claim)].filter(
      (problem) => problem !== null,
    );
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    const action = actionOf(claim);
    const before = known.get(`${action.exDate} ${action.kind}`);
    if (!before) known.set(`${action.exDate} ${action.kind}`, { field: claim.field, action });
    else if (before.action.value !== action.value || before.action.availableAtMs !== action.availableAtMs)
      problems.push(twice(claim, before.field, before.action));
  }
  if (problems.length > 0) throw invalid(problems.slice(0, MOST_PROBLEMS));
  return [...known.values()].map(({ action }) => action);
}

const actionOf = ({ exDate, kind, value, availableAt }: ActionClaim): StatedAction => ({
  exDate: exDate as string,
  kind: kind as ActionKind,
  value: value as number,
  availableAtMs: availableAt === null ? null : Date.parse(availableAt as string),
});

const shown = (value: unknown): string => (value === null || value === '' ? 'missing' : String(value));

function dateProblem({ field, dateName, exDate }: ActionClaim): FieldProblem | null {
  if (isDate(exDate) && hasYear(Date.parse(exDate))) return null;
  const message = `${field}.${dateName} must be a date YYYY-MM-DD, was ${shown(exDate)}`;
  return { field: `${field}.${dateName}`, rule: 'date', value: exDate, message };
}

function kindProblem({ field, kind }: ActionClaim): FieldProblem | null {
  if ((ACTION_KINDS as readonly unknown[]).includes(kind)) return null;
  const message = `${field}.kind must be one of ${ACTION_KINDS.join(', ')}, was ${shown(kind)}`;
  return { field: `${field}.kind`, rule: 'enum', value: kind, message };
}

function valueProblem({ field, kind, value }: ActionClaim): FieldProblem | null {
  const at = `${field}.value`;
  const refused = (rule: string, must: string): FieldProblem => ({
    ...{ field: at, rule, value, message: `${at} must be ${must}, was ${shown(value)}` },
  });
  if (typeof value !== 'number' || !Number.isFinite(value)) return refused('number', 'a number');
  if (kind === 'dividend' && !(value > 0 && value <= MOST_PAID))
    return refused('amount', `an amount per share above 0, at most ${MOST_PAID}`);
  if (kind !== 'split') return null;
  if (!(value >= RATIOS.min && value <= RATIOS.max))
    return refused('ratio', `new shares for an old one, from ${RATIOS.min} to ${RATIOS.max}`);
  return value === 1 ? refused('ratio', 'other than 1, which splits nothing') : null;
}

function timeProblem({ field, availableAt }: ActionClaim): FieldProblem | null {
  if (availableAt === null) return null;
  if (typeof availableAt === 'string' && INSTANT.test(availableAt) && hasYear(Date.parse(availableAt))) return null;
  const at = `${field}.available_at`;
  const message = `${at} must be an ISO-8601 time with zone, was ${shown(availableAt)}`;
  return { field: at, rule: 'date_time', value: availableAt, message };
}

function twice({ field, dateName, exDate, kind }: ActionClaim, before: string, known: StatedAction): FieldProblem {
  const message = `${field} must not contradict ${before}, a ${String(kind)} of ${String(exDate)} of ${known.value}`;
  return { field: `${field}.${dateName}`, rule: 'unique', value: exDate, message };
}
