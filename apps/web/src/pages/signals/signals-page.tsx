import { useNavigate, useSearch } from '@tanstack/react-router';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { inWords } from '../../format/words';
import { may, useSession } from '../../session/session';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';
import { Time } from '../../values/time';

type SignalLogic = components['schemas']['SignalLogicDto'];

const COLUMNS: Column<SignalLogic>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (row) => (
      <PageLink to="/signals/$id" params={{ id: row.id }} fw={600}>
        {row.name}
      </PageLink>
    ),
    sortBy: (row) => row.name,
  },
  { key: 'plugin', header: 'Kind', cell: (row) => inWords(row.plugin), sortBy: (row) => row.plugin },
  { key: 'position', header: 'Positions', cell: (row) => inWords(row.position_mode) },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

/** A strategy of a template or a document brings its own. */
const ELSEWHERE =
  'Rules that a strategy was made with, by a template or a Strategy JSON, stand on its own page, under “Change rules”.';

export function SignalsPage() {
  const { q } = useSearch({ from: '/app/signals' });
  const navigate = useNavigate({ from: '/signals' });
  const asked = { q, order: 'newest' as const };
  const list = useCursorList<SignalLogic>(
    ['signal', 'list', asked],
    (cursor, signal) => answer(research.GET('/api/signals', { params: { query: { ...asked, cursor } }, signal })),
    { searched: true },
  );
  const mayWrite = may(useSession(), 'research:write');
  const build = <ButtonLink to="/signals/new">Build rules</ButtonLink>;
  return (
    <Page
      title="Signals"
      lead={
        <>
          Rules that turn features and predictions into positions. {ELSEWHERE}{' '}
          <PageLink to="/strategies" underline="always">
            Look at the strategies
          </PageLink>
        </>
      }
      actions={mayWrite && build}
    >
      <FindBox
        placeholder="Name"
        words={q}
        onFind={(words) => void navigate({ search: { q: words }, replace: true })}
      />
      <DataTable
        label="Signal logics"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={
          q ? (
            <Empty title="No such rules">None has “{q}” in its name.</Empty>
          ) : (
            <Empty title="No rules kept by themselves yet" action={mayWrite && build}>
              Rules say when to be long, flat or short: build them here, try them on stored bars, and put them into a
              strategy.
            </Empty>
          )
        }
      />
    </Page>
  );
}
