import { Code, Group, Select, Switch, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { useSession } from '../../session/session';
import { PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { actionWords, factsWords, isId, isNotable, KINDS, linkOf, readKind } from './words/actions';

type Row = components['schemas']['AuditResponse'];
const route = getRouteApi('/app/audit');
const PAGE = 100;

function Subject({ row }: { row: Row }) {
  const link = linkOf(row.action, row.subject, row.facts ?? null);
  if (!link) return row.subject !== null && !isId(row.subject) && <Code className="breaks">{row.subject}</Code>;
  if (link.to === '/settings') return <PageLink to="/settings">{link.label}</PageLink>;
  return (
    <PageLink to={link.to} params={{ id: link.id }}>
      {link.label}
    </PageLink>
  );
}

const actorWords = ({ actor, action }: Row): string =>
  actor ?? (action.startsWith('account.') ? 'Assay, by the limits' : 'nobody known');

const COLUMNS: Column<Row>[] = [
  { key: 'at', header: 'When', cell: (row) => <Time value={row.at} detail="second" /> },
  { key: 'actor', header: 'Who', cell: actorWords },
  {
    key: 'action',
    header: 'What',
    cell: (row) => (
      <Group gap={6}>
        {actionWords(row.action, row.facts ?? null)}
        {isNotable(row.action, row.facts ?? null) && <StatusBadge status="look" tone="warning" />}
      </Group>
    ),
  },
  {
    key: 'subject',
    header: 'On',
    cell: (row) => <Subject row={row} />,
    wide: true,
  },
  {
    key: 'facts',
    header: 'With',
    cell: (row) => (
      <Text span size="sm" className="breaks">
        {factsWords(row.facts ?? null, row.action)}
      </Text>
    ),
    wide: true,
  },
];

/** Who did what that matters for access, money or what trades, newest first. */
export function AuditPage() {
  const { kind, mine } = route.useSearch();
  const navigate = route.useNavigate();
  const admin = useSession().role === 'admin';
  const list = useCursorList<Row>(['audit', 'list', kind, mine], (cursor, signal) =>
    answer(trade.GET('/api/v1/auth/audit', { params: { query: { cursor, limit: PAGE, action: kind, mine } }, signal })),
  );
  return (
    <Page
      title="Audit"
      lead={
        admin
          ? 'Sign-ins, users, keys, feeds, rates, tickers, strategies and promotions, deployments, accounts, halts and live trading that anybody changed or tried to, newest first. Rows are only ever added. Single orders stand with their deployment.'
          : 'Sign-ins, users, keys, feeds, rates, tickers, strategies and promotions, deployments, accounts, halts and live trading that you changed or tried to, newest first. Rows are only ever added. Single orders stand with their deployment.'
      }
    >
      <Group align="flex-end">
        <Select
          label="About"
          placeholder="Everything"
          data={[...KINDS]}
          value={kind ?? null}
          clearable
          onChange={(value) => void navigate({ search: { kind: readKind(value), mine }, replace: true })}
        />
        {admin && (
          <Switch
            label="Only what I did"
            checked={mine === true}
            mb={8}
            onChange={(event) =>
              void navigate({ search: { kind, mine: event.currentTarget.checked || undefined }, replace: true })
            }
          />
        )}
      </Group>
      <DataTable
        label="Audit"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <Empty title="Nothing of this kind">
            Keys, users, refused sign-ins, feeds, rates, tickers, strategies, deployments, halts and live confirmations
            stand here.
          </Empty>
        }
      />
    </Page>
  );
}
