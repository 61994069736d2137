import { checkConnection } from './connection';

describe('the connection check', () => {
  it('wants a venue that answers and takes orders', () => {
    expect(checkConnection({ reachable: true, tradable: true }).record.passed).toBe(true);
    expect(checkConnection({ reachable: true, tradable: false })).toMatchObject({
      record: { passed: false, code: 'not_tradable' },
      onFailure: 'rejected',
    });
    expect(checkConnection({ reachable: false, tradable: true }).record.code).toBe('not_reachable');
  });
});
