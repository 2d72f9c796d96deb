import { transports, XHR } from 'engine.io-client';

/** Socket.IO's client looks its transports up by name. The build leaves this one out of the first load: see build/socket-parts.ts. */
transports.polling = XHR;
