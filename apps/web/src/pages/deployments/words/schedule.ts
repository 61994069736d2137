import { inWords } from '../../../format/words';

const WORDS: Record<string, string> = {
  daily_close: 'at each daily close',
  hourly: 'every hour',
  manual: 'only when a person asks for it',
};

/** When a deployment evaluates. */
export function scheduleWords(schedule: unknown): string {
  if (typeof schedule === 'string') return WORDS[schedule] ?? inWords(schedule);
  const { cron, tz } = (schedule ?? {}) as { cron?: string; tz?: string };
  return cron ? `by cron ${cron}, ${tz}` : '';
}
