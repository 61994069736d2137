import { DomainError } from '@assay/primitives';
import { isOutage } from './outage';

const coded = (code: string, message = 'x', name = 'Error'): Error =>
  Object.assign(new Error(message), { code, ...(name === 'Error' ? {} : { name }) });

describe('an outage', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['an administrator who ends the session', coded('57P01', 'terminating connection due to administrator command')],
    ['a crash of another session', coded('57P02')],
    ['a server that starts', coded('57P03')],
    ['too many clients', coded('53300')],
    ['a full disk of the server', coded('53100')],
    ['a statement over its time', coded('57014')],
    ['a lock that is not given in time', coded('55P03')],
    ['an idle transaction that was ended', coded('25P03')],
    ['a lock that somebody else holds', coded('LOCK_BUSY')],
    ['a lock that went with its session', coded('LOCK_LOST')],
    ['a connection that ends in mid-query', new Error('Connection terminated unexpectedly')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a dead client', new Error('Client has encountered a connection error and is not queryable')],
    ['Redis away', new Error('Connection is closed.')],
    ['Redis away for too many tries', coded('', 'Reached the max retries per request limit (which is 20).')],
    ['NATS away', coded('CONNECTION_REFUSED', 'x', 'NatsError')],
    ['NATS that does not answer', coded('TIMEOUT', 'TIMEOUT', 'NatsError')],
    ['what TypeORM wraps', Object.assign(new Error('x'), { driverError: coded('57P01') })],
    ['what fetch wraps', new TypeError('fetch failed', { cause: coded('ECONNRESET') })],
    ['what Node wraps for two addresses', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ])('is %s', (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  const circular = new Error('x');
  circular.cause = circular;
  it.each([
    ['a unique violation', coded('23505')],
    ['a text that the database cannot hold', coded('22P05')],
    ['a fault of the code', new TypeError("Cannot read properties of undefined (reading 'x')")],
    ['another library with a code of that name', coded('TIMEOUT')],
    [
      'a domain refusal, whatever caused it',
      Object.assign(new DomainError('unavailable', 'x'), { cause: coded('ECONNREFUSED') }),
    ],
    ['a text', 'ECONNREFUSED'],
    ['nothing', null],
    ['an error that is its own cause', circular],
  ])('is not %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
