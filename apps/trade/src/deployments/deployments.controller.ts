import type { Principal } from '@assay/platform';
import { DocumentBody, EntityTag, Owner, readExpectedVersion, Scopes } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  AcceptedRunDto,
  ChangedDeploymentDto,
  DeploymentDetailDto,
  DeploymentDto,
  DeploymentPageDto,
  FlattenedDeploymentDto,
} from './deployment.response';
import { DeploymentChangesService } from './deployment-changes.service';
import { deploymentSchema } from './deployment-schema';
import { DeploymentListQueryDto, DeploymentPatchDto, StopQueryDto } from './deployment.request';
import { DeploymentsService } from './deployments.service';

type VersionedRequest = Parameters<typeof readExpectedVersion>[0];

@ApiTags('deployments')
@Controller('deployments')
export class DeploymentsController {
  constructor(
    private readonly deployments: DeploymentsService,
    private readonly changes: DeploymentChangesService,
  ) {}

  @Post()
  @Scopes('trade:write')
  @DocumentBody(deploymentSchema.jsonSchema())
  @ApiOperation({ summary: 'Deploy a strategy. Paper starts at once; live is created with a challenge to confirm' })
  @ApiCreatedResponse({ type: DeploymentDto })
  create(@Owner() owner: Principal, @Body() document: unknown): Promise<DeploymentDto> {
    return this.deployments.create(owner, document);
  }

  @Get()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'List own deployments that are not stopped' })
  @ApiOkResponse({ type: DeploymentPageDto })
  list(@Owner() owner: Principal, @Query() query: DeploymentListQueryDto): Promise<DeploymentPageDto> {
    return this.deployments.list(owner, query);
  }

  @Get(':deploymentId')
  @EntityTag()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'State of a deployment with its position and newest trades' })
  @ApiOkResponse({ type: DeploymentDetailDto })
  get(@Owner() owner: Principal, @Param('deploymentId', ParseUUIDPipe) id: string): Promise<DeploymentDetailDto> {
    return this.deployments.get(owner, id);
  }

  @Patch(':deploymentId')
  @Scopes('trade:write')
  @ApiHeader({ name: 'If-Match', required: false, description: 'version that was read' })
  @ApiOperation({ summary: 'Change a deployment. Disabling and pausing need no version' })
  @ApiOkResponse({ type: ChangedDeploymentDto })
  patch(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Body() body: DeploymentPatchDto,
    @Req() request: VersionedRequest,
  ): Promise<ChangedDeploymentDto> {
    return this.changes.patch(owner, id, body, () => readExpectedVersion(request));
  }

  @Delete(':deploymentId')
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Stop a deployment; the position stays unless flatten=true' })
  @ApiOkResponse({ type: DeploymentDto })
  stop(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: StopQueryDto,
  ): Promise<DeploymentDto> {
    return this.changes.stop(owner, id, query.flatten ?? false);
  }

  @Post(':deploymentId/run')
  @HttpCode(202)
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Evaluate the newest closed bar now' })
  @ApiAcceptedResponse({ type: AcceptedRunDto })
  run(@Owner() owner: Principal, @Param('deploymentId', ParseUUIDPipe) id: string): Promise<AcceptedRunDto> {
    return this.changes.run(owner, id);
  }

  @Post(':deploymentId/flatten')
  @HttpCode(202)
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Close the position whatever the state is' })
  @ApiAcceptedResponse({ type: FlattenedDeploymentDto })
  flatten(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
  ): Promise<FlattenedDeploymentDto> {
    return this.changes.flatten(owner, id);
  }
}
