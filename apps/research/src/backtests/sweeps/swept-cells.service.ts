import { Transactions } from '@assay/persistence';
import { applyParam, type SweptDocument } from '@assay/pipeline';
import { Jobs, type Principal } from '@assay/platform';
import { invalid } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { documentOf } from '../../recipes/recipe-document';
import { onlySymbol } from '../../recipes/recipe';
import { universeOf } from '../../recipes/recipe-universe';
import { StrategyStore, type StrategyWithRevision } from '../../records/strategies/strategy.store';
import { StrategyDerivation } from '../../strategies/strategy-derivation.service';
import type { StrategyDto } from '../../strategies/strategy.response';
import { endedSweep, type EndedSweep } from './ended-sweep';
import { leaderboard } from './sweep-leaderboard';
import { withCandidate } from './sweep-inputs';
import type { LeaderboardQuery, StrategyOfCellDto } from './sweep.request';
import type { SweepLeaderboardDto } from './sweep.response';

/** What is made of the cells of a completed sweep. */
@Injectable()
export class SweptCells {
  constructor(
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly strategies: StrategyStore,
    private readonly derivation: StrategyDerivation,
  ) {}

  /** @throws DomainError `not_ready` until the sweep has completed, `validation_failed` for plateaus of what has none. */
  async leaderboard(owner: Principal, jobId: string, query: LeaderboardQuery): Promise<SweepLeaderboardDto> {
    const { asked, found } = await endedSweep(this.jobs, owner, jobId);
    return leaderboard(asked, found, query);
  }

  /** A draft of one cell, in the lineage of what was swept. @throws DomainError `validation_failed` for a cell that it does not have. */
  async toStrategy(owner: Principal, jobId: string, { cell, name }: StrategyOfCellDto): Promise<StrategyDto> {
    const ended = await endedSweep(this.jobs, owner, jobId);
    const { asked, found } = ended;
    if (cell >= found.rows.length) {
      const message = `cell must be the index of a row of the sweep, 0 to ${found.rows.length - 1}, was ${cell}`;
      throw invalid([{ field: 'cell', rule: 'cell_index', value: cell, message }]);
    }
    return this.tx.run(async (em) => {
      const original = await this.strategies.at(em, owner.userId, asked.strategy_id, asked.revision);
      const title = name ?? `${original.strategy.name} (cell ${cell})`.slice(0, 255);
      return this.derivation.derive(em, owner.userId, original, documentOfCell(original, ended, cell, title), title);
    });
  }
}

function documentOfCell(
  { strategy, revision }: StrategyWithRevision,
  { asked: { params, candidates }, found }: EndedSweep,
  cell: number,
  name: string,
): SweptDocument {
  const whole = (): SweptDocument => {
    const recipe = candidates ? withCandidate(revision.recipe, candidates[cell]!) : revision.recipe;
    return documentOf(recipe, onlySymbol(recipe), { strategyId: strategy.id, name, revision: 1 });
  };
  return (params ?? []).reduce(
    (made: SweptDocument, { path }, p) => applyParam(made, path, found.rows[cell]![p]!),
    universeOf(revision, name) ?? whole(),
  );
}
