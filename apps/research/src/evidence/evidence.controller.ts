import { Readable } from 'node:stream';
import { evidenceFile } from '@assay/contracts';
import { Owner, Scopes, type Principal } from '@assay/platform';
import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EvidenceQuery } from './evidence.request';
import { evidenceText, EvidenceFiles } from './evidence-files';
import { keyView, SigningKeyDto, SigningKeysDto } from './evidence.response';
import { SigningKeys } from './signing-keys';

@ApiTags('evidence')
@Scopes('research:read')
@Controller()
export class EvidenceController {
  constructor(
    private readonly files: EvidenceFiles,
    private readonly keys: SigningKeys,
  ) {}

  @Get('validation/strategies/:id/evidence')
  @ApiOperation({
    summary: 'Signed evidence of a verdict, which anybody can verify with the bars and without this service',
    description:
      'One JSON file: the record (strategy, hashes of the bars, every trial, seeds, policies, version of the code, verdicts), what it refers to, and what the installation signed. ' +
      '`assay verify FILE --bars BARS` judges again to the same hash. A promotion from before records were kept is answered as version 1, which says why it cannot be verified. ' +
      '409 `not_ready` where nothing was judged.',
  })
  @ApiOkResponse({ schema: evidenceFile.jsonSchema() as object })
  async evidence(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { revision: asked, of = 'judgement' }: EvidenceQuery,
  ): Promise<StreamableFile> {
    const { revision, file } = await this.files.of(owner.userId, id, of, asked);
    return new StreamableFile(Readable.from(evidenceText(file)), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="evidence_${id}_${revision}.json"`,
    });
  }

  @Get('evidence/keys')
  @ApiOperation({ summary: 'Public keys of the installation: the one that signs, and those that have signed before' })
  @ApiOkResponse({ type: SigningKeysDto })
  async list(): Promise<SigningKeysDto> {
    return { items: (await this.keys.list()).map(keyView) };
  }

  @Post('evidence/keys/rotate')
  @HttpCode(200)
  @Scopes('admin')
  @ApiOperation({ summary: 'Sign with a new key from now on; what was signed before can be checked as before' })
  @ApiOkResponse({ type: SigningKeyDto })
  async rotate(@Owner() owner: Principal): Promise<SigningKeyDto> {
    return keyView(await this.keys.rotate(owner));
  }
}
