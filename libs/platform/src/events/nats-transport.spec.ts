import { busSubject, streamName } from './nats-connection';
import { commonSubject } from './nats-transport';

describe('names on the bus', () => {
  it('one subject is its own filter', () => {
    expect(commonSubject(['assay.research.strategy.promoted.v1'])).toBe('assay.research.strategy.promoted.v1');
  });

  it('several subjects share the wildcard of their common start', () => {
    const subjects = ['assay.research.strategy.promoted.v1', 'assay.research.strategy.demoted.v1'];
    expect(commonSubject(subjects)).toBe('assay.research.strategy.>');
    expect(commonSubject([...subjects, 'assay.trade.order.filled.v1'])).toBe('assay.>');
  });

  it('another prefix takes the place of the first token only', () => {
    expect(busSubject('assay.research.strategy.promoted.v1', 'assay')).toBe('assay.research.strategy.promoted.v1');
    expect(busSubject('assay.research.strategy.promoted.v1', 'test-7')).toBe('test-7.research.strategy.promoted.v1');
    expect(streamName('test-7')).toBe('TEST-7');
  });
});
