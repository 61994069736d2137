import { publishedPolicies } from '@assay/domain';
import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { CpcvDto, WalkForwardDto, RevisionQuery } from './validation.request';
import { PolicyVerdictDto, PublishedPoliciesDto, StrategyValidationDto } from './validation.response';
import { ValidationService } from './validation.service';

@ApiTags('validation')
@ApiExtraModels(PolicyVerdictDto)
@Scopes('research:read')
@Controller('validation')
export class ValidationController {
  constructor(private readonly validation: ValidationService) {}

  @Post('walk-forward')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Walk-forward of a revision, then all policies on the newest evidence (job)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async walkForward(@Owner() owner: Principal, @Body() body: WalkForwardDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.validation.walkForward(owner.userId, body));
  }

  @Post('cpcv')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Combinatorial purged cross-validation, then all policies on the newest evidence (job)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async cpcv(@Owner() owner: Principal, @Body() body: CpcvDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.validation.cpcv(owner.userId, body));
  }

  @Get('policies')
  @ApiOperation({
    summary: 'Every policy in every version: thresholds, and in words what they ask and why they changed',
  })
  @ApiOkResponse({ type: PublishedPoliciesDto })
  policies(): PublishedPoliciesDto {
    return { items: publishedPolicies() };
  }

  @Get('strategies/:id')
  @ApiOperation({ summary: 'Newest evidence of a strategy and the verdict of every policy' })
  @ApiOkResponse({ type: StrategyValidationDto })
  ofStrategy(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: RevisionQuery,
  ): Promise<StrategyValidationDto> {
    return this.validation.ofStrategy(owner.userId, id, query.revision);
  }
}
