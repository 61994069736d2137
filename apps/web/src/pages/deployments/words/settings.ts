import { amountProblem, limitProblems } from './limit-problems';

export interface Settings {
  capital: string;
  units: string;
  schedule: string;
  maxPosition: string;
  maxTrades: string;
  stopLoss: string;
}

interface Deployed {
  qty?: string;
  sizing?: { capital: string };
  schedule: unknown;
  risk_limits: { max_position_usd?: string | number; max_daily_trades?: number; stop_loss_pct?: number | null };
}

const text = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

export const settingsOf = ({ qty, sizing, schedule, risk_limits: limits }: Deployed): Settings => ({
  capital: text(sizing?.capital),
  units: text(qty),
  schedule: typeof schedule === 'string' ? schedule : '',
  maxPosition: text(limits.max_position_usd),
  maxTrades: text(limits.max_daily_trades),
  stopLoss: text(limits.stop_loss_pct),
});

/** What is wrong with what was changed, by field; nothing where the service can be asked. */
export function settingsProblems(before: Settings, after: Settings): Partial<Record<keyof Settings, string>> {
  const problems: Partial<Record<keyof Settings, string>> = limitProblems(after);
  for (const key of ['capital', 'units'] as const) {
    const problem = after[key] === before[key] ? undefined : amountProblem(after[key]);
    if (problem) problems[key] = problem;
  }
  return problems;
}

type Changes = {
  sizing?: { capital: string };
  qty?: string;
  schedule?: string;
  risk_limits?: { max_position_usd?: string; max_daily_trades?: number; stop_loss_pct?: number };
};

/** What is sent: the changed fields alone; limits go together, since they replace those in force. */
export function changesOf(before: Settings, after: Settings): Changes {
  const changes: Changes = {};
  if (after.capital !== before.capital) changes.sizing = { capital: after.capital.trim() };
  if (after.units !== before.units) changes.qty = after.units.trim();
  if (after.schedule !== before.schedule) changes.schedule = after.schedule;
  const limitsChanged = (['maxPosition', 'maxTrades', 'stopLoss'] as const).some((key) => after[key] !== before[key]);
  if (limitsChanged) {
    changes.risk_limits = {
      ...(after.maxPosition.trim() === '' ? {} : { max_position_usd: after.maxPosition.trim() }),
      ...(after.maxTrades.trim() === '' ? {} : { max_daily_trades: Number(after.maxTrades) }),
      ...(after.stopLoss.trim() === '' ? {} : { stop_loss_pct: Number(after.stopLoss) }),
    };
  }
  return changes;
}
