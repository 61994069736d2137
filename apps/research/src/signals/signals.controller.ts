import { signalPlugins } from '@assay/contracts';
import { EntityTag, ExpectedVersion, Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DefinitionRevisionsDto } from '../definitions/definition.response';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import {
  CreateSignalDto,
  ExplainSignalDto,
  GenerateSignalsDto,
  UpdateSignalDto,
  ValidateRuleTreeDto,
} from './signal.request';
import { RuleTreeVerdictDto, SignalLogicDto, SignalPageDto, SignalPluginsDto } from './signal.response';
import { SignalsService } from './signals.service';

@ApiTags('signals')
@Scopes('research:read')
@Controller('signals')
export class SignalsController {
  constructor(private readonly signals: SignalsService) {}

  @Get('plugins')
  @ApiOperation({ summary: 'Kinds of signal logic, those of universes too, with the schema of their parameters' })
  @ApiOkResponse({ type: SignalPluginsDto })
  plugins(): SignalPluginsDto {
    return { items: signalPlugins() };
  }

  @Post('validate-rule-tree')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check a rule tree and run it over sample rows' })
  @ApiOkResponse({ type: RuleTreeVerdictDto })
  validate(@Owner() owner: Principal, @Body() body: ValidateRuleTreeDto): Promise<RuleTreeVerdictDto> {
    return this.signals.validateRuleTree(owner.userId, body);
  }

  @Post('generate')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Evaluate a strategy on its bars (job; its result is GeneratedSignals)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async generate(@Owner() owner: Principal, @Body() body: GenerateSignalsDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.signals.generate(owner.userId, body));
  }

  @Post('explain')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Explain a strategy on one bar (job; its result is an ExplainedBar)',
    description:
      'Every group and rule with the values it compared, what it says (true, false, unknown) and why, the target in force and its size.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async explain(@Owner() owner: Principal, @Body() body: ExplainSignalDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.signals.explain(owner.userId, body));
  }

  @Post()
  @Scopes('research:write')
  @ApiOperation({ summary: 'Define a signal logic' })
  @ApiCreatedResponse({ type: SignalLogicDto })
  create(@Owner() owner: Principal, @Body() body: CreateSignalDto): Promise<SignalLogicDto> {
    return this.signals.create(owner.userId, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own signal logics' })
  @ApiOkResponse({ type: SignalPageDto })
  list(@Owner() owner: Principal, @Query() query: NamedPageQuery): Promise<SignalPageDto> {
    return this.signals.list(owner.userId, query);
  }

  @Get(':id')
  @EntityTag()
  @ApiOperation({ summary: 'One signal logic' })
  @ApiOkResponse({ type: SignalLogicDto })
  get(@Owner() owner: Principal, @Param('id') id: string): Promise<SignalLogicDto> {
    return this.signals.get(owner.userId, id);
  }

  @Get(':id/revisions')
  @ApiOperation({ summary: 'All revisions of a signal logic' })
  @ApiOkResponse({ type: DefinitionRevisionsDto })
  revisions(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: RevisionPageQuery,
  ): Promise<DefinitionRevisionsDto> {
    return this.signals.revisions(owner.userId, id, query);
  }

  @Patch(':id')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Change a signal logic; strategies keep the revision they pin' })
  @ApiOkResponse({ type: SignalLogicDto })
  update(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @ExpectedVersion() expected: ExpectedVersion,
    @Body() body: UpdateSignalDto,
  ): Promise<SignalLogicDto> {
    return this.signals.update(owner.userId, id, expected, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Delete a signal logic that nothing refers to' })
  @ApiNoContentResponse()
  remove(@Owner() owner: Principal, @Param('id') id: string): Promise<void> {
    return this.signals.remove(owner.userId, id);
  }
}
