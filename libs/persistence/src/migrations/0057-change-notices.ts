import type { Migration } from './migration';

/** `id` and `owner` are columns of the row; `more` is a column that follows in the notice. */
interface Watched {
  table: string;
  service: string;
  kind: string;
  id: string;
  owner: string;
  more?: string;
  /** Columns whose change is told; all where none are named. */
  of?: string;
}

/** The owner of what a deployment has left behind. */
const OF_DEPLOYMENT = '(SELECT d.owner_id FROM trade.deployment d WHERE d.deployment_id = r.deployment_id)';
const left = (table: string, kind: string, id: string): Watched => ({
  ...{ table: `trade.${table}`, service: 'trade', kind, id, owner: OF_DEPLOYMENT, more: 'r.deployment_id' },
});
const own = (schema: string, table: string, kind: string, id = 'id', service = 'research'): Watched => ({
  ...{ table: `${schema}.${table}`, service, kind, id, owner: 'r.owner_id' },
});

const WATCHED: readonly Watched[] = [
  { ...own('ops', 'job', 'job'), service: 'r.service', of: 'state, progress, message, cancel_requested' },
  own('bt', 'strategy', 'strategy', 'strategy_id', 'trade'),
  own('bt', 'result', 'result', 'result_id', 'trade'),
  own('trade', 'account', 'account', 'account_id', 'trade'),
  own('trade', 'deployment', 'deployment', 'deployment_id', 'trade'),
  left('replay', 'replay', 'deployment_id'),
  left('run', 'run', 'run_id'),
  left('orders', 'order', 'order_id'),
  left('fill', 'fill', 'fill_id'),
  { ...own('trade', 'log', 'decision', 'log_id', 'trade'), more: 'r.deployment_id' },
  own('research', 'strategy', 'strategy'),
  own('research', 'feature', 'feature'),
  own('research', 'dataset', 'dataset'),
  own('research', 'model', 'model'),
  own('research', 'signal_logic', 'signal'),
  own('research', 'backtest', 'backtest'),
  own('research', 'validation', 'validation'),
  own('research', 'promotion_history', 'promotion'),
  own('market', 'subscription', 'subscription'),
];

const nameOf = ({ table }: Watched): string => `ops.tell_${table.replace('.', '_')}`;

/** One plain function a table: a row is told without being turned into a document. */
function telling(watched: Watched): string {
  const { table, service, kind, id, owner, more, of } = watched;
  const parts = [service.startsWith('r.') ? service : `'${service}'`, `'${kind}'`, `r.${id}`, owner, more ?? `''`];
  return `
    CREATE FUNCTION ${nameOf(watched)}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE r ${table}%ROWTYPE;
    BEGIN
      IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
      PERFORM pg_notify('assay_change', concat_ws(' ', ${parts.join(', ')}));
      RETURN NULL;
    END $$;
    CREATE TRIGGER change_told AFTER INSERT OR DELETE OR UPDATE${of ? ` OF ${of}` : ''} ON ${table}
      FOR EACH ROW EXECUTE FUNCTION ${nameOf(watched)}();`;
}

/**
 * Tells on the channel `assay_change`, with the commit, what has changed: service, kind, id, owner and, of what a deployment leaves behind, the
 * deployment. Whichever process wrote the row, whoever shows it hears of it.
 */
export const migration: Migration = {
  name: '0057-change-notices',
  up: WATCHED.map(telling).join('\n'),
  down: WATCHED.map((one) => `DROP TRIGGER change_told ON ${one.table}; DROP FUNCTION ${nameOf(one)}();`).join('\n'),
};
