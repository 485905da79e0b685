DROP TABLE followed_clients;
