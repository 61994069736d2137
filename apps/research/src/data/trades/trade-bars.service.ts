import { barRuleOf, seriesOfTrades, tradeBarRows, type BarRule, type BarsOfTrades } from '@assay/market-data';
import { hasScope, streamJson, type Principal } from '@assay/platform';
import { DomainError, invalid, invalidField } from '@assay/primitives';
import { Injectable, StreamableFile } from '@nestjs/common';
import { BarImports } from '../imports/bar-imports';
import { required } from '../imports/import-checks';
import { readingOf, type FileRequest } from '../imports/import-request';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { startOfRange } from '../time-range';
import type { TradeBarsBody } from './trade-bars.request';
import type { StoredTradeBarsDto } from './trade-bars.response';

type Request = FileRequest<TradeBarsBody>;

/** Bars of files of trades: answered, or stored where they are bars of time. */
@Injectable()
export class TradeBarsService {
  constructor(
    private readonly imports: BarImports,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError as `barsOfTrades` */
  async bars(request: Request): Promise<StreamableFile> {
    const { by, format = 'json' } = request.body;
    const { made, csv } = await this.make(request, ruleOf(request), format === 'csv');
    if (csv !== null) return new StreamableFile(Buffer.from(csv), { type: 'text/csv; charset=utf-8' });
    const { symbol, layout, trades, notes, recognised, repairs } = made;
    return streamJson({ by, symbol, layout, trades, notes, recognised, repairs }, 'items', tradeBarRows(made));
  }

  /** @throws DomainError 403 without scope data:write; `validation_failed` for bars that are none of time */
  async store(owner: Principal, request: Request): Promise<StoredTradeBarsDto> {
    if (!hasScope(owner.scopes, 'data:write'))
      throw new DomainError('forbidden', 'scope data:write is needed', { missing_scopes: ['data:write'] });
    const { body } = request;
    const [source, rule] = [body.into!, ruleOf(request)];
    if (rule.kind !== 'time') {
      const message = `into must be given with bars of time only, as ${rule.kind} bars are no series of a calendar, was ${source}`;
      throw invalidField('into', 'not_applicable', source, message);
    }
    const problems = [
      ...required('symbol', body.symbol),
      ...(body.format === 'csv' ? [notWithInto('format', body.format)] : []),
    ];
    if (problems.length > 0) throw invalid(problems);
    const { made } = await this.make(request, rule, false);
    const { recognised, repairs, notes, trades } = made;
    const bars = seriesOfTrades(made, body.symbol!, source);
    const read = { bars, adjFactor: null, recognised, repairs, warnings: [] };
    const stored = await this.imports.store(read, {
      market: rule.market,
      synthetic: false,
      correct: mayCorrect(owner),
    });
    return { ...stored, source, timeframe: rule.timeframe, trades, notes };
  }

  private make(
    { body, file }: Request,
    rule: BarRule,
    asCsv: boolean,
  ): Promise<{ made: BarsOfTrades; csv: string | null }> {
    const problems = required('content', file ?? body.content);
    if (problems.length > 0) throw invalid(problems);
    const bytes = file ?? Buffer.from(body.content!, 'utf8');
    const time = (name: 'from' | 'until'): number | undefined => {
      const text = body[name];
      return text === undefined ? undefined : startOfRange(name, text);
    };
    const untilMs = time('until');
    if (untilMs !== undefined && untilMs > Date.now()) {
      const message = `until must not lie in the future, since no file has the trades until then, was ${body.until}`;
      throw invalidField('until', 'past', body.until, message);
    }
    return this.threads.tradeBars({
      bytes,
      options: {
        rule,
        reading: { ...readingOf(body), symbol: body.symbol, sideOf: body.side_of },
        wholeFromMs: time('from'),
        wholeUntilMs: untilMs,
        outsideSessions: body.outside_sessions ?? 'refuse',
      },
      asCsv,
    });
  }
}

/** Bars of other kinds have no use for what is said about those of time. */
function ruleOf({ body }: Request): BarRule {
  const problems = required('by', body.by);
  if (problems.length > 0) throw invalid(problems);
  const rule = barRuleOf(body.by!, body.market);
  if (rule.kind === 'time') return rule;
  const idle = (['market', 'from', 'until', 'outside_sessions'] as const).filter((name) => body[name] !== undefined);
  if (idle.length === 0) return rule;
  throw invalid(
    idle.map((field) => ({
      ...{ field, rule: 'not_applicable', value: body[field] },
      message: `${field} must be given for bars of time only, by was ${body.by}`,
    })),
  );
}

const notWithInto = (field: string, value: unknown) => ({
  ...{ field, rule: 'not_applicable', value },
  message: `${field} must not be given with into, whose answer is JSON`,
});
