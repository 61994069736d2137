import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { allFeaturesQuery } from '../../definitions/features-query';
import { Page } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { Builder } from './builder';
import { signalQuery, type SignalLogic } from './queries';

const fresh = getRouteApi('/app/signals/new');
const one = getRouteApi('/app/signals/$id');

/** The editor for rules that are not there yet. */
export function NewSignalPage() {
  const { strategy = null } = fresh.useSearch();
  return <Loaded saved={null} strategy={strategy} />;
}

/** The editor of saved rules. */
export function SignalPage() {
  const { id } = one.useParams();
  const { strategy = null } = one.useSearch();
  const query = useQuery(signalQuery(id));
  if (!query.data) {
    return (
      <Page title="Signal logic">
        <QueryView query={query}>{() => null}</QueryView>
      </Page>
    );
  }
  return <Loaded key={`${query.data.id} ${query.data.version}`} saved={query.data} strategy={strategy} />;
}

function Loaded({ saved, strategy }: { saved: SignalLogic | null; strategy: string | null }) {
  const navigate = useNavigate();
  const features = useQuery(allFeaturesQuery);
  if (!features.data) {
    return (
      <Page title={saved?.name ?? 'New rules'}>
        <QueryView query={features}>{() => null}</QueryView>
      </Page>
    );
  }
  const addressed = (id: string | null) => ({ strategy: id ?? undefined });
  return (
    <Builder
      saved={saved}
      features={features.data}
      strategyId={strategy}
      onStrategy={(id) =>
        void (saved
          ? navigate({
              to: '/signals/$id',
              params: { id: saved.id },
              search: addressed(id),
              replace: true,
              resetScroll: false,
            })
          : navigate({ to: '/signals/new', search: addressed(id), replace: true, resetScroll: false }))
      }
      onSaved={(signal) =>
        void navigate({
          to: '/signals/$id',
          params: { id: signal.id },
          search: addressed(strategy),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
