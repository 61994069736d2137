import { DomainError, invalid, PROBLEM_CODES } from '@assay/primitives';
import { ForbiddenException, NotFoundException } from '@nestjs/common';
import { STATUS_OF, titleOf } from './status-table';
import { toProblem } from './to-problem';

describe('toProblem', () => {
  it('has a status for every code, and none else', () => {
    expect(Object.keys(STATUS_OF).sort()).toEqual([...PROBLEM_CODES].sort());
  });

  it('keeps code, message, facts and origin of a domain error, whoever threw it', () => {
    const error = Object.assign(new Error('version must be 3, was 2'), {
      name: 'DomainError',
      code: 'stale_version',
      facts: { current_version: 3 },
    });
    expect(toProblem(error, { instance: '/api/strategies/1', correlationId: 'c' })).toEqual({
      unexpected: false,
      problem: {
        type: 'urn:assay:problem:stale_version',
        title: 'Stale version',
        status: 409,
        detail: 'version must be 3, was 2',
        code: 'stale_version',
        current_version: 3,
        instance: '/api/strategies/1',
        correlation_id: 'c',
      },
    });
  });

  it('does not let a fact take the place of a member', () => {
    const error = new DomainError('conflict', 'no', { status: 200, code: 'fine', detail: 'yes' });
    expect(toProblem(error).problem).toMatchObject({ status: 409, code: 'conflict', detail: 'no' });
  });

  it('says how many fields are wrong and lists them', () => {
    const one = { field: 'a', rule: 'min', value: 1, message: 'a must be at least 2, was 1' };
    const { problem } = toProblem(invalid([one, { ...one, field: 'b' }]));
    expect(problem.detail).toBe('a must be at least 2, was 1 (and 1 more)');
    expect(problem.errors).toHaveLength(2);
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 'not_found'],
    [new ForbiddenException(), 'forbidden'],
  ])('maps the framework error %s', (error, code) => {
    expect(toProblem(error).problem.code).toBe(code);
  });

  it.each([
    [{ code: 'ECONNREFUSED' }, 'unavailable'],
    [{ driverError: { code: '57P01' } }, 'unavailable'],
    [{ code: '23505', detail: 'Key (x)=(1) already exists' }, 'conflict'],
    [{ driverError: { code: '23505' } }, 'conflict'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [null, 'internal_error'],
    ['text', 'internal_error'],
  ])('tells nothing of %j', (thrown, code) => {
    const { problem, unexpected } = toProblem(thrown);
    expect([problem.code, unexpected]).toEqual([code, true]);
    expect(JSON.stringify(problem)).not.toContain('Key (x)');
  });

  it.each(['POOL_EXHAUSTED', '57014', '55P03', '25P03', '40P01'])(
    'asks to try again later where the limit %s was met',
    (code) => {
      const { problem } = toProblem({ driverError: { code } });
      expect(problem).toMatchObject({ status: 503, code: 'unavailable', retry_after_s: 2 });
    },
  );

  it('makes a title of a code', () => {
    expect(titleOf('gates_failed')).toBe('Gates failed');
  });
});
