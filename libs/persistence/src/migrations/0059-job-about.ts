import type { Migration } from './migration';

/** What a job is about, in words; null where nobody was told. Those there are get the names that their subjects have now. */
export const migration: Migration = {
  name: '0059-job-about',
  up: `
    ALTER TABLE ops.job ADD COLUMN about text;
    UPDATE ops.job j SET about = s.name FROM research.strategy s
      WHERE j.subject_id = s.id AND j.kind IN ('backtest.sweep', 'signal.generate', 'signal.explain');
    UPDATE ops.job j SET about = s.name FROM research.backtest b JOIN research.strategy s ON s.id = b.strategy_id
      WHERE j.subject_id = b.id AND j.kind = 'backtest.execute';
    UPDATE ops.job j SET about = s.name FROM research.validation v JOIN research.strategy s ON s.id = v.strategy_id
      WHERE j.subject_id = v.id AND j.kind LIKE 'validation.%';
    UPDATE ops.job j SET about = f.name FROM research.feature f WHERE j.subject_id = f.id AND j.kind = 'feature.generate';
    UPDATE ops.job j SET about = m.name FROM research.model m WHERE j.subject_id = m.id AND j.kind LIKE 'model.%';
    UPDATE ops.job j SET about = concat(s.symbol, ' ', s.timeframe, ' from ', s.source) FROM market.subscription s
      WHERE j.subject_id = s.id AND j.kind = 'data.refresh';
    UPDATE ops.job j SET about = concat(d.ticker, ' ', d.timeframe, ' at ', d.broker) FROM trade.deployment d
      WHERE j.subject_id = d.deployment_id AND j.kind LIKE 'deployment.%';`,
};
