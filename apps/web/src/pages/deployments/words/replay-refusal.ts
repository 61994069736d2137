import type { ApiProblem } from '../../../api/problem';

/** Why the days of a replay cannot be replayed, by the rule that the service names. */
const WORDS: Record<string, string> = {
  bars_exist: 'There are no stored bars of this symbol: import them first.',
  within_bars: 'The stored bars lie before or after these days.',
  bars_in_range: 'There is a gap in the stored bars: none lies on these days.',
  session_dates: 'Bars are stored for days on which the market was closed.',
  no_split: 'The shares were split within these days, and the bars are not adjusted for it.',
  history: 'One bar before the first day is needed to begin from.',
  after_train_end: 'The model was trained on these days: it has seen what it would predict.',
  calendar_coverage: 'When the market was open is not known for days this long ago.',
};

/** What stands at the days of the form; which days and bars they are, the service says beside it. Undefined where they are not refused. */
export function replayRefusal(
  problem: ApiProblem | undefined,
  field: 'replay' | 'replay.start' | 'replay.end',
): string | undefined {
  const refused = problem?.fields.find((one) => one.field === field);
  return refused && (WORDS[refused.rule] ?? refused.message);
}
