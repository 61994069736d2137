import { adviceFor, ApiProblem, asProblem, failure, isDoubtful, problemFrom, unreachable } from './problem';

describe('problems', () => {
  it('keeps the words, the fields and the id of a problem document', () => {
    const problem = problemFrom(422, {
      code: 'validation_failed',
      title: 'Validation failed',
      detail: 'window must be at least 2, was 1',
      status: 422,
      type: 'urn:assay:problem:validation_failed',
      correlation_id: 'c-1',
      errors: [{ field: 'params.window', rule: 'min', value: 1, message: 'window must be at least 2, was 1' }],
    });
    expect(problem.status).toBe(422);
    expect(problem.correlationId).toBe('c-1');
    expect(problem.of('params.window')).toBe('window must be at least 2, was 1');
    expect(problem.of('params')).toBeUndefined();
  });

  it('tells answers that are no problem documents by their status', () => {
    expect(problemFrom(502, '<html>').code).toBe('unavailable');
    expect(problemFrom(401, undefined).code).toBe('unauthenticated');
    expect(problemFrom(418, { message: 'no' }).code).toBe('unexpected_answer');
  });

  it('takes any thrown value', () => {
    const problem = new ApiProblem('conflict', 'Conflict', 'is used', 409);
    expect(asProblem(problem)).toBe(problem);
    expect(asProblem(new Error('broken')).detail).toBe('broken');
  });
});

const answered = (status: number, code: string, ofChange: boolean) =>
  problemFrom(status, { code, title: 'No', detail: 'no', status, type: '' }, ofChange);

describe('what a change that did not succeed came to', () => {
  it.each<[number, string, boolean, RegExp | undefined]>([
    [503, 'unavailable', true, /may have been done.* once, not twice/],
    [500, 'internal_error', true, /may have been done.* once, not twice/],
    // another request like it was sent before, and is or was carried out
    [409, 'request_in_progress', true, /is being done.* done once/],
    [409, 'answer_lost', true, /was done.* a second time/],
    [409, 'conflict', false, undefined],
    [409, 'stale_version', false, /save again/],
    [503, 'overloaded', false, /too much to do/],
    [429, 'rate_limited', false, /Wait a moment/],
    [422, 'validation_failed', false, undefined],
  ])('by status %s, %s: in doubt is %s', (status, code, doubtful, advice) => {
    const problem = answered(status, code, true);
    expect(isDoubtful(problem)).toBe(doubtful);
    expect(failure(problem, 'Not deployed')).toBe(doubtful ? 'Not known whether it was done' : 'Not deployed');
    if (advice) expect(adviceFor(problem)).toMatch(advice);
    else expect(adviceFor(problem)).toBeUndefined();
  });

  it('is in doubt where no answer came, or one of a proxy', () => {
    for (const problem of [unreachable(true), problemFrom(502, '<html>', true)]) {
      expect(failure(problem, 'Not deployed')).toBe('Not known whether it was done');
      expect(adviceFor(problem)).toMatch(/may have been done/);
    }
  });

  it('is never in doubt where nothing was to be changed', () => {
    const problems = [unreachable(), problemFrom(502, '<html>'), answered(500, 'internal_error', false)];
    expect(problems.map(isDoubtful)).toEqual([false, false, false]);
    expect(adviceFor(unreachable())).toMatch(/the page tries again by itself/);
  });
});
