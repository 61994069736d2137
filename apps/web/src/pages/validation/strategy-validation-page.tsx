import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answer, research } from '../../api/clients';
import { inWords } from '../../format/words';
import { may, useSession } from '../../session/session';
import { ButtonLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { CpcvSection } from './cpcv-section';
import { EvidenceSection } from './evidence-section';
import { GatesSection } from './gates-section';
import { LedgerSection } from './ledger-section';
import { EvidenceLinks, ReportLinks } from './report-links';
import { RunButtons } from './run-buttons';
import { SearchForm } from './search-form';
import { SearchSection } from './search-section';
import { WalkForwardSection } from './walk-forward-section';

const route = getRouteApi('/app/validation/$id');

/** Whether what a strategy earned can be luck: verdicts first, then what they rest on. */
export function StrategyValidationPage() {
  const { id } = route.useParams();
  const mayRun = may(useSession(), 'research:write');
  const query = useQuery({
    queryKey: ['validation', id],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/validation/strategies/{id}', { params: { path: { id } }, signal })),
  });
  const strategy = useQuery({
    queryKey: ['strategy', id],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}', { params: { path: { id } }, signal })),
  });
  const validation = query.data;
  return (
    <Page
      title={strategy.data?.name ?? 'Validation'}
      lead={
        validation && (
          <>
            Validation of version {validation.revision} <StatusBadge status={validation.status} />{' '}
            {validation.validated_under.length > 0
              ? `passes ${validation.validated_under.map(inWords).join(', ')}`
              : 'passes no policy yet'}
          </>
        )
      }
      actions={
        <>
          <ButtonLink to="/backtests" search={{ strategy: id }} variant="default">
            Its backtests
          </ButtonLink>
          <ButtonLink to="/validation" variant="default">
            All strategies
          </ButtonLink>
        </>
      }
    >
      <QueryView query={query} lines={10}>
        {(data) => (
          <>
            {mayRun && <RunButtons strategy={id} validation={data} />}
            <GatesSection validation={data} />
            <WalkForwardSection run={data.walk_forward} />
            {mayRun && data.status !== 'draft' && (
              <SearchForm strategy={id} newest={data.walk_forward_search} revision={data.revision} />
            )}
            {data.walk_forward_search && <SearchSection run={data.walk_forward_search} />}
            <CpcvSection validation={data} />
            <LedgerSection validation={data} />
            <EvidenceSection strategy={id} validation={data} />
            <ReportLinks strategy={id} validation={data} />
            <EvidenceLinks strategy={id} validation={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
