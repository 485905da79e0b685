import { ApiError } from '../errors.ts';
import { fileRoute, ofAccount } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { widgetAddress } from '../widget/archive/address.ts';
import { makeArchive } from '../widget/archive/archive.ts';
import { ownVersion, readBuiltScript } from '../widget/archive/built.ts';

/** The widget for this installation, to be uploaded in amoCRM. */
export function serveWidgetArchive(app: Api, { publicUrl }: Pick<ApiTools, 'publicUrl'>): void {
  app.get(
    '/api/accounts/:account/widget',
    fileRoute(['admin'], 'downloadWidget', { params: ofAccount }, 'application/zip'),
    async (_, reply) => {
      const url = widgetAddress(publicUrl);
      if (url === undefined) throw new ApiError(409, 'widget-needs-https');
      const script = readBuiltScript();
      if (script === undefined) throw new ApiError(503, 'no-pages');
      const archive = Buffer.from(makeArchive(script, url, ownVersion()));
      return reply
        .type('application/zip')
        .header('content-disposition', 'attachment; filename="widget.zip"')
        .send(archive as never);
    },
  );
}
