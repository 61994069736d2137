import { ApiProblem, asProblem, problemFrom } from './problem';

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
