import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Key = components['schemas']['KeyResponse'];

const COLUMNS: Column<Key>[] = [
  { key: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'prefix', header: 'Begins with', cell: (row) => <code>{row.key_prefix}</code> },
  { key: 'scopes', header: 'May', cell: (row) => row.scopes.join(', '), wide: true },
  { key: 'expires', header: 'Ends', cell: (row) => (row.expires_at ? <Time value={row.expires_at} /> : 'Never') },
];

export function SettingsPage() {
  const keys = useCursorList<Key>(['key', 'list'], (cursor, signal) =>
    answer(trade.GET('/api/v1/auth/keys', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Settings">
      <Section title="API keys">
        <DataTable
          label="API keys"
          columns={COLUMNS}
          list={keys}
          rowKey={(row) => row.id}
          empty={<Empty title="No API key">Keys are for the command line, programs and other machines.</Empty>}
        />
      </Section>
    </Page>
  );
}
