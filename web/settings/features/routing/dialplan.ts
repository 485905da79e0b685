/** What the dialplan is filled with: of this installation and its PBX. */
export interface DialplanValues {
  kind: 'freepbx' | 'asterisk';
  /** Where the PBX asks. */
  url: string;
  key: string;
  /** In which the phone of an extension, and nothing else, is rung. */
  context: string;
  /** How long it rings before the default route goes on. */
  ringSeconds: number;
}

export interface DialplanSnippet {
  file: string;
  text: string;
}

/** FreePBX rings the phone alone there, as members of queues are rung: no follow-me, no voicemail takes the call. */
export const usualContexts = { freepbx: 'from-queue-exten-only', asterisk: 'from-internal' } as const;

/** Nothing in what is pasted may end the line or the argument. */
export const isContext = (text: string): boolean => /^[\w-]{1,79}$/.test(text);

/**
 * What is pasted on the PBX, for Asterisk 16 to 22. It believes no answer that is not `digits|name`, waits a second at
 * most, and whatever happens goes on where the call would have gone without it.
 */
export function dialplanFor(values: DialplanValues): DialplanSnippet {
  return values.kind === 'freepbx'
    ? { file: '/etc/asterisk/extensions_custom.conf', text: `${routing(values)}\n${freePbxEntry}` }
    : { file: '/etc/asterisk/extensions.conf', text: routing(values) };
}

/** In the context of incoming calls, before their default route. */
export const entryLine = `exten => _X.,1,Gosub(ringflow-routing,s,1(\${EXTEN}))`;

const digitsOf = (variable: string): string => `\${URIENCODE(\${FILTER(0-9+,\${${variable}})})}`;

const routing = ({ url, key, context, ringSeconds }: DialplanValues): string => `[ringflow-routing]
exten => s,1,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=1)
 same => n,Set(LOCAL(answer)=\${CURL(${url}?key=${key}&number=${digitsOf('CALLERID(num)')}&did=${digitsOf('ARG1')})})
 same => n,GotoIf($[\${REGEX("^[0-9]{0,10}[|][^<>]{0,200}$" \${answer})}]?:default)
 same => n,Set(LOCAL(name)=\${CUT(answer,|,2)})
 same => n,GotoIf($[\${LEN(\${name})}]?:ring)
 same => n,Set(CALLERID(name)=\${name})
 same => n(ring),Set(LOCAL(extension)=\${CUT(answer,|,1)})
 same => n,GotoIf($[\${LEN(\${extension})}]?:default)
 same => n,Dial(Local/\${extension}@${context}/n,${ringSeconds})
 same => n(default),Return()
`;

/** `from-pstn` includes from-pstn-custom before all else; the rest of it is the default route. */
const freePbxEntry = `[from-pstn-custom]
exten => _[+0-9].,1,Gosub(ringflow-routing,s,1(\${EXTEN}))
 same => n,Goto(ringflow-default-route,\${EXTEN},1)

[ringflow-default-route]
include => ext-did
include => ext-did-post-custom
include => from-did-direct
include => ext-did-catchall
`;
