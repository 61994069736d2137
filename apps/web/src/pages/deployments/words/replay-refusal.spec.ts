import { ApiProblem } from '../../../api/problem';
import { replayRefusal } from './replay-refusal';

const problem = (field: string, rule: string) =>
  new ApiProblem('validation_failed', 't', 'd', 422, [{ field, rule, value: null, message: 'as the service says it' }]);

describe('the refusal of a replay', () => {
  it('says in plain words what is wrong with the days', () => {
    expect(replayRefusal(problem('replay', 'session_dates'), 'replay')).toBe(
      'Bars are stored for days on which the market was closed.',
    );
    expect(replayRefusal(problem('replay.start', 'history'), 'replay.start')).toMatch(/before the first day/);
  });

  it('passes on what it has no words for, and is silent about other fields', () => {
    expect(replayRefusal(problem('replay.end', 'date'), 'replay.end')).toBe('as the service says it');
    expect(replayRefusal(problem('ticker', 'history'), 'replay')).toBeUndefined();
    expect(replayRefusal(undefined, 'replay')).toBeUndefined();
  });
});
