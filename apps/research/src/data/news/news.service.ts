import type { StoredNews } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { invalid } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { pageOf } from '../../listing/page';
import { newsStoreOf } from '../../records/market/market.store';
import { required } from '../imports/import-checks';
import { readingOf, type FileRequest } from '../imports/import-request';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { endOfRange, startOfRange } from '../time-range';
import type { ImportNewsDto, NewsQuery } from './news.request';
import type { ImportedNewsDto, NewsDto, NewsPageDto } from './news.response';

const LONG = { statementMs: 300_000 };

/** News with the time since when it is known. */
@Injectable()
export class NewsService {
  constructor(
    private readonly tx: Transactions,
    private readonly threads: DataThreads,
  ) {}

  /** Stores the news of a file; nothing is stored when one piece is wrong. @throws DomainError as `readNews`, `NewsStore.import` */
  async import(owner: Principal, { body, file }: FileRequest<ImportNewsDto>): Promise<ImportedNewsDto> {
    const content = file ?? body.content;
    const problems = [...required('source', body.source), ...required('content', content)];
    if (problems.length > 0) throw invalid(problems);
    const { name, zone, columns, skipBad, strict, mostBytes } = readingOf(body);
    const symbols = body.symbols?.split(',').map((symbol) => symbol.trim());
    const options = { name, zone, columns, skipBad, strict, mostBytes, symbols };
    const { items, recognised, repairs } = await this.threads.readNews(content!, options);
    const counts = await this.tx.run(
      (em) => newsStoreOf(em).import({ source: body.source!, items, nowMs: Date.now(), addOnly: !mayCorrect(owner) }),
      LONG,
    );
    return { news: items.length, ...counts, recognised, repairs };
  }

  list({ symbol, source, start, end, as_of: asOf, ...query }: NewsQuery): Promise<NewsPageDto> {
    const filter = {
      ...{ symbol, source },
      fromMs: start === undefined ? undefined : startOfRange('start', start),
      toMs: end === undefined ? undefined : endOfRange('end', end),
      asOfMs: asOf === undefined ? undefined : startOfRange('as_of', asOf),
    };
    return this.tx.run((em) =>
      pageOf(
        query,
        (limit, cursor) => newsStoreOf(em).page(filter, limit, cursor),
        (rows) => rows.map(newsView),
      ),
    );
  }
}

const newsView = ({ publishedMs, availableMs, ...news }: StoredNews): NewsDto => ({
  ...news,
  published_at: new Date(publishedMs).toISOString(),
  available_at: new Date(availableMs).toISOString(),
});
