import type { Principal } from '@assay/platform';
import { Owner, Scopes } from '@assay/platform';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeploymentDto } from '../deployments/deployment.response';
import { ConfirmationService } from './confirmation.service';
import { DryRunService } from './dry-run.service';
import { ConfirmDto, TradePasswordDto } from './live.request';
import { DryRunDto } from './live.response';
import { TradePasswordService } from './trade-password.service';

@ApiTags('live trading')
@Controller()
export class LiveController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly dryRuns: DryRunService,
    private readonly passwords: TradePasswordService,
  ) {}

  @Post('deployments/:deploymentId/confirm')
  @HttpCode(200)
  @Scopes('trade:live')
  @ApiOperation({ summary: 'Answer the challenge of a live deployment with the trade password' })
  @ApiOkResponse({ type: DeploymentDto })
  confirm(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Body() body: ConfirmDto,
  ): Promise<DeploymentDto> {
    return this.confirmations.confirm(owner, id, body);
  }

  @Post('deployments/:deploymentId/challenge')
  @HttpCode(200)
  @Scopes('trade:live')
  @ApiOperation({ summary: 'A new challenge for a live deployment that waits for its confirmation' })
  @ApiOkResponse({ type: DeploymentDto })
  renew(@Owner() owner: Principal, @Param('deploymentId', ParseUUIDPipe) id: string): Promise<DeploymentDto> {
    return this.confirmations.renew(owner, id);
  }

  @Post('deployments/:deploymentId/dry-run')
  @HttpCode(200)
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Evaluate and check as a run would, and place nothing' })
  @ApiOkResponse({ type: DryRunDto })
  dryRun(@Owner() owner: Principal, @Param('deploymentId', ParseUUIDPipe) id: string): Promise<DryRunDto> {
    return this.dryRuns.run(owner, id);
  }

  @Put('me/trade-password')
  @HttpCode(204)
  @Scopes('trade:live')
  @ApiOperation({ summary: 'Set the trade password that confirms live trading' })
  @ApiNoContentResponse()
  setPassword(@Owner() owner: Principal, @Body() body: TradePasswordDto): Promise<void> {
    return this.passwords.set(owner, body.new_password, body.current_password);
  }
}
