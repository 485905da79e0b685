DROP TABLE known_client_entities;
DROP TABLE known_clients;
