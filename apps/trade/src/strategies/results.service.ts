import { PATH_ID, resultsDocument, type BacktestResultsDocument } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { type FieldProblem, invalid } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { TimePageQueryDto } from '../listing/time-page';
import { OwnStrategies } from './own-strategies';
import { resultDocument } from './result-document';
import type { ResultEntity } from '../records/strategies/result.entity';
import { ResultStore } from '../records/strategies/result.store';
import type { ResultDto, ResultPageDto } from './result.response';

@Injectable()
export class ResultsService {
  constructor(
    private readonly tx: Transactions,
    private readonly own: OwnStrategies,
    private readonly results: ResultStore,
  ) {}

  /** @throws DomainError `validation_failed` with every problem of the document */
  async add(owner: Principal, strategyId: string, input: unknown): Promise<ResultDto> {
    const body = resultsDocument.parse(input);
    const problems = problemsAcrossFields(strategyId, body);
    if (problems.length > 0) throw invalid(problems);
    return this.tx.run(async (em) => {
      const { revision } = await this.own.revision(em, owner, strategyId, body.revision);
      const row: ResultEntity = {
        resultId: newId(),
        strategyId,
        revision,
        ownerId: owner.userId,
        runAt: new Date(body.run_at),
        dataStart: body.data_range.start,
        dataEnd: body.data_range.end,
        ticker: body.ticker_backtested,
        feeBps: String(body.fee_bps),
        metricsJson: body.metrics,
        buyHoldMetricsJson: body.buy_hold_metrics ?? null,
        walkForwardJson: body.walk_forward ?? null,
        createdAt: new Date(),
      };
      await this.results.add(em, row);
      return resultDocument(row);
    });
  }

  /** Newest run first. */
  list(owner: Principal, strategyId: string, query: TimePageQueryDto): Promise<ResultPageDto> {
    return this.tx.run(async (em) => {
      await this.own.revision(em, owner, strategyId);
      const { rows, next_cursor } = await this.results.page(em, strategyId, query);
      return { items: rows.map(resultDocument), next_cursor };
    });
  }
}

function problemsAcrossFields(strategyId: string, body: BacktestResultsDocument): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (body.strategy_id !== undefined && body.strategy_id !== PATH_ID && body.strategy_id !== strategyId) {
    problems.push({
      field: 'strategy_id',
      rule: 'equals_path',
      value: body.strategy_id,
      message: `strategy_id must be ${strategyId}, was ${body.strategy_id}`,
    });
  }
  if (body.data_range.start > body.data_range.end) {
    problems.push({
      field: 'data_range.end',
      rule: 'not_before_start',
      value: body.data_range.end,
      message: `data_range.end must not be before ${body.data_range.start}, was ${body.data_range.end}`,
    });
  }
  return problems;
}
