import { adviceFor, ApiProblem, asProblem, failure, isDoubtful, problemFrom } from './problem';

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

describe('what a request that did not succeed came to', () => {
  it.each([
    [null, 'unreachable', true],
    [503, 'unavailable', true],
    [502, 'unavailable', true],
    [500, 'internal_error', true],
    [503, 'overloaded', false],
    [409, 'stale_version', false],
    [422, 'validation_failed', false],
  ])('by status %s, %s: in doubt is %s', (status, code, doubtful) => {
    const problem = new ApiProblem(code, 'No', 'no', status);
    expect(isDoubtful(problem)).toBe(doubtful);
    expect(failure(problem, 'Not deployed')).toBe(doubtful ? 'Not known whether it was done' : 'Not deployed');
  });

  it('is said of changes alone, with what to do in doubt', () => {
    const problem = new ApiProblem('unreachable', 'No answer', 'no answer', null);
    expect(adviceFor(problem)).toMatch(/the page tries again by itself/);
    problem.doubtful = true;
    expect(adviceFor(problem)).toMatch(/may have been done/);
  });
});
