// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A server of node's ws on a free port, printed first. Echoes; "close CODE REASON" closes, "ping TEXT" pings.
'use strict';
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => console.log(server.address().port));

server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => {
        const [verb, argument, ...rest] = data.toString().split(' ');
        if (!isBinary && verb === 'close') {
            socket.close(Number(argument), rest.join(' '));
        } else if (!isBinary && verb === 'ping') {
            socket.once('pong', (payload) => socket.send(`pong ${payload}`));
            socket.ping(argument);
        } else {
            socket.send(data, { binary: isBinary });
        }
    });
});
