import { Code, Group, Select, Switch, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { useSession } from '../../session/session';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { actionWords, factsWords, isNotable, KINDS, readKind } from './words/actions';

type Row = components['schemas']['AuditResponse'];
const route = getRouteApi('/app/audit');
const PAGE = 100;

const COLUMNS: Column<Row>[] = [
  { key: 'at', header: 'When', cell: (row) => <Time value={row.at} detail="second" /> },
  { key: 'actor', header: 'Who', cell: (row) => row.actor ?? 'nobody known' },
  {
    key: 'action',
    header: 'What',
    cell: (row) => (
      <Group gap={6}>
        {actionWords(row.action)}
        {isNotable(row.action, row.facts ?? null) && <StatusBadge status="look" tone="warning" />}
      </Group>
    ),
  },
  {
    key: 'subject',
    header: 'On',
    cell: (row) => row.subject && <Code className="breaks">{row.subject}</Code>,
    wide: true,
  },
  {
    key: 'facts',
    header: 'With',
    cell: (row) => (
      <Text span size="sm" className="breaks">
        {factsWords(row.facts ?? null)}
      </Text>
    ),
    wide: true,
  },
];

/** Who did what that matters for access, and who halted or confirmed live trading, newest first. */
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
          ? 'Sign-ins, users, keys, halts and live trading that anybody changed or tried to, newest first. Rows are only ever added. Promotions stand with their strategy, orders with their deployment.'
          : 'Sign-ins, users, keys, halts and live trading that you changed or tried to, newest first. Rows are only ever added. Promotions stand with their strategy, orders with their deployment.'
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
            Keys, users, refused sign-ins, halts and live confirmations stand here.
          </Empty>
        }
      />
    </Page>
  );
}
